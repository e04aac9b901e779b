package io.webanalytics.benchmark.wholesystem;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Events in as many hours: each hour is a rollup to be built. */
final class ScatteredHours implements Abuse {

    private static final int SITES = 2_000;
    private static final int TOGETHER = 1_000;
    private static final Instant FIRST = Instant.parse("2012-01-01T00:30:00Z");

    private final int hoursOfRound;
    private int sent;

    /** @param hoursOfRound number of hours for each run */
    ScatteredHours(int hoursOfRound) {
        this.hoursOfRound = hoursOfRound;
    }

    @Override
    public String words() {
        return String.format("%,d events in as many hours of %,d sites", hoursOfRound, SITES);
    }

    @Override
    public void run(WholeSystem system, BooleanSupplier stop) throws Exception {
        for (int end = sent + hoursOfRound; sent < end; sent += TOGETHER) {
            StringBuilder batch = new StringBuilder();
            for (int i = sent; i < sent + TOGETHER; i++) {
                batch.append("{\"site_id\":\"junk-")
                        .append(i % SITES)
                        .append("\",\"event_type\":\"page_view\",\"path\":\"/\",\"user_id\":\"u\",\"timestamp\":\"")
                        .append(FIRST.plus(Duration.ofHours(i / SITES * 5L)))
                        .append("\"}\n");
            }
            system.sendMany(batch.toString(), TOGETHER);
        }
    }
}
