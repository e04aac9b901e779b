package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Latencies;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** A site with a month of honest events, that sends up to 50 more a second and asks for its reports. */
final class SteadySite {

    static final String SITE = "steady";
    private static final int DAYS = 30;
    private static final int TOGETHER = 1_000;
    private static final int EVENT_PAUSE_MILLIS = 20;
    private static final int REPORT_PAUSE_MILLIS = 30;
    private static final int SECONDS_OF_DAY = 86_400;

    private final WholeSystem system;
    private final int events;
    private final Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
    private int sent;
    private int refused;
    private final Map<String, String> reports = new LinkedHashMap<>();

    /** @param events how many it has before it is watched, in 30 days */
    SteadySite(WholeSystem system, int events) {
        this.system = system;
        this.events = events;
        String site = "?site_id=" + SITE;
        String yesterday = today.minus(1, ChronoUnit.DAYS).toString().substring(0, 10);
        reports.put("`/stats` of yesterday", "/stats" + site + "&date=" + yesterday);
        reports.put("`/stats` of 30 days", "/stats" + site + "&period=30d");
        reports.put("`/stats/breakdown` of 30 days by path", "/stats/breakdown" + site + "&period=30d&by=path");
        reports.put(
                "`/stats` of the running day",
                "/stats" + site + "&date=" + today.toString().substring(0, 10));
    }

    /** Returns what its reports are called. */
    List<String> reports() {
        return List.copyOf(reports.keySet());
    }

    int events() {
        return events;
    }

    /** Returns an instant of a full hour, some days ago. */
    Instant hour(int daysAgo, int hour) {
        return today.minus(daysAgo, ChronoUnit.DAYS).plus(hour, ChronoUnit.HOURS);
    }

    /** Returns how many of its events of one request each were refused. */
    int refused() {
        return refused;
    }

    /** Returns how many it sent so. */
    int sent() {
        return sent;
    }

    /** Sends the events of a month. */
    void moveIn() throws Exception {
        int ofDay = events / DAYS;
        for (int day = 1; day <= DAYS; day++) {
            for (int sent = 0; sent < ofDay; sent += TOGETHER) {
                List<String> batch = new ArrayList<>();
                for (int i = sent; i < Math.min(sent + TOGETHER, ofDay); i++) {
                    Duration time = Duration.ofSeconds((long) i * SECONDS_OF_DAY / ofDay);
                    batch.add(event(i, hour(day, 0).plus(time)));
                }
                system.sendManyPatiently(String.join("\n", batch), batch.size());
            }
        }
        system.awaitSettled();
        system.awaitRolledUp();
    }

    /** Sends events and asks for each report in turn until it is over. Returns the latencies of each report, by its name. */
    Map<String, Latencies> live(BooleanSupplier over) throws Exception {
        Map<String, Latencies> felt = new LinkedHashMap<>();
        reports.keySet().forEach(report -> felt.put(report, new Latencies()));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> sending = threads.submit(() -> {
                for (int number = 0; !over.getAsBoolean(); number++) {
                    refused += system.sendOne(event(number, Instant.now())) ? 0 : 1;
                    sent++;
                    Thread.sleep(EVENT_PAUSE_MILLIS);
                }
                return null;
            });
            Future<?> asking = threads.submit(() -> {
                while (!over.getAsBoolean()) {
                    for (Map.Entry<String, String> report : reports.entrySet()) {
                        long started = System.nanoTime();
                        system.service(Service.REPORTING).get(report.getValue());
                        felt.get(report.getKey()).add(System.nanoTime() - started);
                        Thread.sleep(REPORT_PAUSE_MILLIS);
                    }
                }
                return null;
            });
            sending.get();
            asking.get();
            return felt;
        } finally {
            threads.shutdownNow();
        }
    }

    static String event(int number, Instant time) {
        return "{\"site_id\":\"" + SITE + "\",\"event_type\":\"page_view\",\"path\":\"/" + number % 500
                + "\",\"user_id\":\"user-" + number % 1_009 + "\",\"timestamp\":\""
                + time.truncatedTo(ChronoUnit.MILLIS)
                + "\"}";
    }
}
