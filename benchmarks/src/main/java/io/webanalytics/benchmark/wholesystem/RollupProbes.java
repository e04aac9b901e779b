package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Latencies;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Late events of a site of their own, one every two seconds, each in another hour: how long until its rollup has it. */
final class RollupProbes {

    private static final String SITE = "late";
    private static final long EVERY_NANOS = 2_000_000_000L;
    private static final long LONGEST_NANOS = 300_000_000_000L;
    private static final int POLL_MILLIS = 100;
    private static final int RECENT_HOURS = 40;
    private static final int FURTHER_BACK = 1_000;

    private final WholeSystem system;
    private int sent;

    RollupProbes(WholeSystem system) {
        this.system = system;
    }

    private record Probe(String before, long sentAt) {}

    /** Sends until it is over, and waits for all. Returns how long each hour waited for its rollup. */
    Latencies run(BooleanSupplier over) throws Exception {
        Latencies waited = new Latencies();
        Map<Instant, Probe> waiting = new HashMap<>();
        long next = System.nanoTime();
        while (!over.getAsBoolean() || !waiting.isEmpty()) {
            if (System.nanoTime() >= next && !over.getAsBoolean()) {
                next += EVERY_NANOS;
                Instant hour = nextHour();
                if (!waiting.containsKey(hour)) {
                    Probe probe = new Probe(system.build(SITE, hour), System.nanoTime());
                    system.sendManyPatiently(event(hour), 1);
                    waiting.put(hour, probe);
                }
            }
            for (Iterator<Map.Entry<Instant, Probe>> all = waiting.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<Instant, Probe> hour = all.next();
                String build = system.build(SITE, hour.getKey());
                long age = System.nanoTime() - hour.getValue().sentAt;
                if (!build.isEmpty() && !build.equals(hour.getValue().before)) {
                    waited.add(age);
                    all.remove();
                } else if (age > LONGEST_NANOS) {
                    throw new IllegalStateException(hour.getKey() + " is not rolled up");
                }
            }
            Thread.sleep(POLL_MILLIS);
        }
        return waited;
    }

    /** Returns, in turns, an hour of the last two days and one before. */
    private Instant nextHour() {
        int hoursAgo = 1 + sent / 2 % RECENT_HOURS + sent % 2 * FURTHER_BACK;
        sent++;
        return Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hoursAgo));
    }

    private String event(Instant hour) {
        return "{\"site_id\":\"" + SITE + "\",\"event_type\":\"page_view\",\"path\":\"/\",\"user_id\":\"u-" + sent
                + "\",\"timestamp\":\"" + hour + "\"}";
    }
}
