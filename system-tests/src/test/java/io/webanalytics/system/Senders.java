package io.webanalytics.system;

import io.webanalytics.testing.Http;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Many senders, each of which repeats an event until it is acknowledged, as a good client does. */
final class Senders implements AutoCloseable {

    private static final int CONNECTIONS = 32;
    private static final Duration RETRY_AFTER = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Map<String, Long> acknowledgedAt = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger longestMillis = new AtomicInteger();
    private final String url;

    Senders(Service ingestion) {
        url = ingestion.url("/event");
    }

    /** Sends every event, in the background. */
    List<Future<?>> send(List<String> events) {
        List<Future<?>> sent = new ArrayList<>();
        for (String event : events) {
            sent.add(threads.submit(() -> sendUntilAcknowledged(event)));
        }
        return sent;
    }

    static void awaitAll(List<Future<?>> sent) throws Exception {
        for (Future<?> event : sent) {
            try {
                event.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            }
        }
    }

    int acknowledged() {
        return acknowledged.get();
    }

    /** When each event was acknowledged last, by {@link System#nanoTime}. */
    Map<String, Long> acknowledgedAt() {
        return acknowledgedAt;
    }

    int refused() {
        return refused.get();
    }

    /** The longest that a sender waited for an answer. */
    Duration longestWait() {
        return Duration.ofMillis(longestMillis.get());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void sendUntilAcknowledged(String event) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            int status = post(event);
            if (status == 202) {
                acknowledged.incrementAndGet();
                acknowledgedAt.put(event, System.nanoTime());
                return;
            }
            if (status != 503) {
                throw new AssertionError(status + " for " + event);
            }
            refused.incrementAndGet();
            LockSupport.parkNanos(RETRY_AFTER.toNanos());
        }
        throw new AssertionError("not acknowledged within " + PATIENCE);
    }

    private int post(String event) {
        long started = System.nanoTime();
        try {
            HttpResponse<String> response = Http.postJson(url, event);
            return response.statusCode();
        } catch (UncheckedIOException e) {
            return 503; // the service itself was away
        } finally {
            int millis = (int) ((System.nanoTime() - started) / 1_000_000);
            longestMillis.accumulateAndGet(millis, Math::max);
        }
    }
}
