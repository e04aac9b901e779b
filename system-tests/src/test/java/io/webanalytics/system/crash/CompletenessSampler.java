package io.webanalytics.system.crash;

import io.webanalytics.system.Service;
import io.webanalytics.testing.Http;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repeatedly reads the statistics of all days, and the instant through which they are complete. A failed request is no sample. */
final class CompletenessSampler implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final String url;
    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::sample, "completeness");
    private volatile boolean stopped;

    CompletenessSampler(Service reporting) {
        url = reporting.url("/stats?meta=true&site_id=" + Attempts.SITE + "&from=" + Attempts.FIRST_DAY + "&to="
                + Attempts.FIRST_DAY.plusDays(Attempts.DAYS - 1));
        thread.start();
    }

    /**
     * A report.
     *
     * @param completeThrough the instant through which it claims to be complete
     * @param views the views that it counts
     * @param dead the number of dead letters, which it does not count
     * @param fromRollups whether it used rollups
     */
    record Sample(Instant completeThrough, long views, long dead, boolean fromRollups) {}

    List<Sample> samples() {
        return samples;
    }

    /** Returns the reports that lack events acknowledged before the instant through which they claim to be complete. */
    List<Sample> overstated(Attempts attempts) {
        List<Sample> overstated = new ArrayList<>();
        for (Sample sample : samples) {
            if (sample.views + sample.dead < attempts.acknowledgedBefore(sample.completeThrough)) {
                overstated.add(sample);
            }
        }
        return overstated;
    }

    private void sample() {
        while (!stopped) {
            try {
                HttpResponse<String> response = Http.send(HttpRequest.newBuilder(URI.create(url)), TIMEOUT);
                if (response.statusCode() == 200) {
                    add(JSON.readTree(response.body()));
                }
            } catch (UncheckedIOException e) {
                // no sample
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void add(JsonNode stats) {
        JsonNode meta = stats.get("meta");
        if (!meta.get("complete_through").isNull()) {
            samples.add(new Sample(
                    Instant.parse(meta.get("complete_through").asString()),
                    stats.get("total_views").asLong(),
                    meta.get("dead").asLong(),
                    meta.get("sources").get("rollup_hours").asInt()
                                    + meta.get("sources").get("rollup_days").asInt()
                            > 0));
        }
    }

    @Override
    public void close() {
        stopped = true;
        Threads.joinAll(List.of(thread));
    }
}
