package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Latencies;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A well-behaved site: events, batches and reports at a steady pace. Each request must succeed. */
final class Neighbour {

    static final String SITE = "neighbour";
    private static final int EVENT_PAUSE_MILLIS = 20;
    private static final int REPORT_PAUSE_MILLIS = 50;
    private static final int DAYS = 7;
    private static final int EVENTS_A_DAY = 500;

    private final WholeSystem system;

    Neighbour(WholeSystem system) {
        this.system = system;
    }

    /**
     * The latencies that the neighbour felt.
     *
     * @param events how long each event or batch took
     * @param reports how long each report took
     */
    record Felt(Latencies events, Latencies reports) {}

    /** Sends the events of a week. */
    void moveIn() throws Exception {
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        for (int day = 1; day <= DAYS; day++) {
            StringBuilder batch = new StringBuilder();
            for (int i = 0; i < EVENTS_A_DAY; i++) {
                batch.append(event(i, today.minus(day, ChronoUnit.DAYS).plusSeconds(i * 170L)))
                        .append('\n');
            }
            system.sendMany(batch.toString(), EVENTS_A_DAY);
        }
        system.awaitSettled();
    }

    /** Sends events and asks for reports for a time. */
    Felt live(int seconds) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Latencies> events = threads.submit(() -> repeat(end, EVENT_PAUSE_MILLIS, this::send));
            Future<Latencies> reports = threads.submit(() -> repeat(end, REPORT_PAUSE_MILLIS, this::ask));
            return new Felt(events.get(), reports.get());
        } finally {
            threads.shutdownNow();
        }
    }

    private interface Task {

        void run(int number) throws Exception;
    }

    private static Latencies repeat(long end, int pauseMillis, Task task) throws Exception {
        Latencies latencies = new Latencies();
        for (int number = 0; System.nanoTime() < end; number++) {
            long started = System.nanoTime();
            task.run(number);
            latencies.add(System.nanoTime() - started);
            Thread.sleep(pauseMillis);
        }
        return latencies;
    }

    private void send(int number) throws Exception {
        if (number % 2 == 0) {
            if (!system.sendOne(event(number, Instant.now()))) {
                throw new IllegalStateException("an event of the neighbour was refused");
            }
        } else {
            system.sendMany(event(number, Instant.now()) + "\n" + event(number + 1, Instant.now()), 2);
        }
    }

    private void ask(int number) throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String question =
                number % 2 == 0 ? "/stats?site_id=" + SITE + "&date=" + today : "/stats?site_id=" + SITE + "&period=7d";
        system.service(Service.REPORTING).get(question);
    }

    static String event(int number, Instant time) {
        return "{\"site_id\":\"" + SITE + "\",\"event_type\":\"page_view\",\"path\":\"/" + number % 50
                + "\",\"user_id\":\"user-" + number % 101 + "\",\"timestamp\":\"" + time.truncatedTo(ChronoUnit.MILLIS)
                + "\"}";
    }
}
