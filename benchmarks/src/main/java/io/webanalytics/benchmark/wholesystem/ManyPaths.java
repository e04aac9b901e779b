package io.webanalytics.benchmark.wholesystem;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Very many long paths in a week, and reports on it that would have to hold all of them in memory. */
final class ManyPaths implements Abuse {

    private static final int CLIENTS = 2;
    private static final int TOGETHER = 450; // events of a batch of one megabyte
    private static final int LENGTH = 2_030;
    private static final int DAYS = 7;

    private final int paths;

    ManyPaths(int paths) {
        this.paths = paths;
    }

    @Override
    public String words() {
        return String.format(
                Locale.ROOT,
                "%d clients that ask for the week and the year of a site with %,d paths of %,d characters",
                CLIENTS,
                paths,
                LENGTH);
    }

    @Override
    public void prepare(WholeSystem system) throws Exception {
        Random random = new Random(1);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        for (int sent = 0; sent < paths; sent += TOGETHER) {
            StringBuilder batch = new StringBuilder();
            for (int i = 0; i < TOGETHER; i++) {
                batch.append("{\"site_id\":\"paths\",\"event_type\":\"page_view\",\"path\":\"/");
                random.ints(LENGTH, 'a', 'z' + 1).forEach(c -> batch.append((char) c));
                batch.append("\",\"user_id\":\"u\",\"timestamp\":\"")
                        .append(today.minusDays(1 + (sent + i) % DAYS))
                        .append(String.format(Locale.ROOT, "T%02d:00:00Z\"}\n", i % 24));
            }
            system.sendMany(batch.toString(), TOGETHER);
        }
    }

    @Override
    public void run(WholeSystem system, BooleanSupplier stop) throws Exception {
        List<String> questions = List.of("period=7d", "period=12mo", "period=30d&limit=1000");
        Clients.ask(
                system, CLIENTS, stop, number -> "/stats?site_id=paths&" + questions.get(number % questions.size()));
    }
}
