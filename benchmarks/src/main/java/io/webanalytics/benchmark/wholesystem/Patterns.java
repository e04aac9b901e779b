package io.webanalytics.benchmark.wholesystem;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Filters that would make a regular expression backtrack without end, on a path that is made for them. */
final class Patterns implements Abuse {

    private static final List<String> FILTERS =
            List.of("/*a*a*b", "/*a*a*a*a*b", "/" + "*a".repeat(200) + "*b", "*a*a*a*a*a*a*a*a*a*b");
    private static final int CLIENTS = 2;
    private static final int PATHS = 100;

    @Override
    public String words() {
        return CLIENTS + " clients that ask for `path=/*a*a*a*a*b` and the like, of paths of 2,048 characters";
    }

    @Override
    public void prepare(WholeSystem system) throws Exception {
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < PATHS; i++) {
            batch.append("{\"site_id\":\"pattern\",\"event_type\":\"page_view\",\"path\":\"/")
                    .append("a".repeat(2_047))
                    .append("\",\"user_id\":\"u\",\"timestamp\":\"2025-11-12T12:00:00Z\"}\n");
        }
        system.sendMany(batch.toString(), PATHS);
    }

    @Override
    public void run(WholeSystem system, BooleanSupplier stop) throws Exception {
        Clients.ask(
                system,
                CLIENTS,
                stop,
                number -> "/stats?site_id=pattern&date=2025-11-12&path=" + FILTERS.get(number % FILTERS.size()));
    }
}
