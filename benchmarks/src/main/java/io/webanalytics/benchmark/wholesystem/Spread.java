package io.webanalytics.benchmark.wholesystem;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Junk of one site, spread over as many hours, paths and users as it can be: each batch has as many hours as events. */
final class Spread implements Abuse {

    static final String SITE = "spread";
    private static final int EVENTS_OF_HOUR = 5;
    private static final int TOGETHER = 1_000;
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private final int hoursOfRound;
    private final int users;
    private int rounds;

    /**
     * @param hoursOfRound number of hours for each run, of which no other run has any
     * @param users number of distinct users of all runs
     */
    Spread(int hoursOfRound, int users) {
        this.hoursOfRound = hoursOfRound;
        this.users = users;
    }

    int hoursOfRound() {
        return hoursOfRound;
    }

    int eventsOfRound() {
        return hoursOfRound * EVENTS_OF_HOUR;
    }

    @Override
    public String words() {
        return String.format("%,d events of one site in %,d hours", eventsOfRound(), hoursOfRound);
    }

    /** Sends one event of every hour, and then the next of every hour, so that all hours are marked again and again. */
    @Override
    public void run(WholeSystem system, BooleanSupplier stop) throws Exception {
        int round = rounds++;
        for (int sent = 0; sent < eventsOfRound() && !stop.getAsBoolean(); sent += TOGETHER) {
            StringBuilder batch = new StringBuilder();
            int end = Math.min(sent + TOGETHER, eventsOfRound());
            for (int i = sent; i < end; i++) {
                int number = round * eventsOfRound() + i;
                int hour = round * hoursOfRound + i % hoursOfRound;
                batch.append("{\"site_id\":\"" + SITE + "\",\"event_type\":\"page_view\",\"path\":\"/junk/")
                        .append(number)
                        .append("\",\"user_id\":\"u-")
                        .append(number % users)
                        .append("\",\"timestamp\":\"")
                        .append(FIRST.plus(Duration.ofHours(hour)).plusSeconds(i % 3_600))
                        .append("\"}\n");
            }
            system.sendManyPatiently(batch.toString(), end - sent);
        }
    }
}
