package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webanalytics.testing.Http;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hostile requests to every endpoint do no harm. {@code -Dhostile.seed=7} makes other requests. */
class HostileRequestsIT {

    private static final long SEED = Long.getLong("hostile.seed", 20_251_112);
    private static final int SENDERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST_EXCHANGE = Duration.ofSeconds(6);
    /** Measured: less than 1 MB. The body of every second request, kept, would be more than this. */
    private static final long MOST_GROWTH = 4 << 20;

    private static final int MOST_NEW_METRIC_LINES = 150;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");
    /** Tomcat itself answers {@code OPTIONS *}, with 501 or 505 where HTTP requires that. */
    private static final Pattern FAILURE =
            Pattern.compile("HTTP/1\\.1 5(?!0[15] \r\nAllow: )|\"status\":5|(?i)<html|<!doctype|\\sat java");

    /** Examples in the description of the API, which show failures. */
    private static final Pattern EXAMPLE = Pattern.compile("\"example\":\\{[^}]*}");

    private static final Pattern REDIS_IS_AWAY = Pattern.compile("HTTP/1\\.1 503|\"status\":503");

    /** The endpoints of ingestion, reporting and the processor. */
    private static final List<List<String>> ENDPOINTS = List.of(
            List.of(
                    "POST /event",
                    "POST /event",
                    "POST /event?{}={}",
                    "POST /event/{}",
                    "POST /event;{}={}",
                    "POST /events"),
            List.of(
                    "GET /stats?site_id=hostile&date=2025-11-12",
                    "GET /stats?site_id={}&date=2025-11-12",
                    "GET /stats?site_id=hostile&date={}",
                    "GET /stats?site_id=hostile&date=2025-11-12&timezone={}&limit={}&event_type={}",
                    "GET /stats?site_id=a&site_id={}&{}={}&date=2025-11-12&date=2025-11-12",
                    "GET /stats?site_id=hostile&from={}&to={}&period={}&compare={}&meta={}",
                    "GET /stats/timeseries?site_id=hostile&date=2025-11-12&interval={}&timezone={}&format={}",
                    "GET /stats/breakdown?site_id=hostile&date=2025-11-12&by={}&path={}&referrer={}&offset={}",
                    "GET /stats/realtime?site_id={}&minutes={}&timezone={}",
                    "GET /sites?{}={}",
                    "POST /sites",
                    "GET /sites/{}",
                    "PATCH /sites/hostile",
                    "DELETE /sites/{}?confirm={}",
                    "GET /sites/{}/keys",
                    "POST /sites/hostile/keys",
                    "DELETE /sites/hostile/keys/{}",
                    "GET /keys?{}",
                    "POST /keys",
                    "DELETE /keys/{}",
                    "GET /accounts",
                    "POST /accounts",
                    "PATCH /accounts/{}",
                    "DELETE /accounts/{}",
                    "POST /login",
                    "POST /logout",
                    "GET /me",
                    "PATCH /me",
                    "GET /openapi.json{}?{}={}",
                    "GET /docs{}?{}={}",
                    "GET /swagger-ui/{}"),
            List.of(
                    "GET /ledger",
                    "GET /dead-letters?limit={}&after={}",
                    "POST /dead-letters/replay",
                    "POST /dead-letters/{}/replay",
                    "DELETE /dead-letters/{}",
                    "POST /rollups/rebuild?site_id={}&from={}&to={}",
                    "POST /rollups/verify?site_id={}&from=2025-11-12&to={}",
                    "GET /rollups/verify/{}",
                    "DELETE /rollups/verify/{}",
                    "DELETE /dead-letters"));

    private static Analytics analytics;
    private static String key;

    /** The acknowledgement of one event, or of many. */
    private static final Pattern TAKEN = Pattern.compile("\\{\"(?:status\":\"received\"|received\":(\\d+))");

    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Queue<String> harm = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        analytics = new Analytics();
        AccessAdmin admin = new AccessAdmin(analytics.reporting);
        admin.site("hostile", true);
        key = admin.key("admin", AccessAdmin.ALL);
        Http.get(analytics.reporting.url("/openapi.json")); // generated at the first request, which takes long
    }

    @AfterAll
    static void stop() {
        analytics.close();
    }

    @Test
    void nothingFailsOrHangsOrIsKeptAndWhatWasAcceptedIsStored() throws Exception {
        send(0, 2_500, false);
        List<Footprint> before = footprints();
        send(2_500, 9_500, false);
        analytics.redisLine.cut();
        send(9_500, 10_000, true);
        analytics.redisLine.restore();
        services().forEach(Service::awaitReady);

        assertThat(harm).as("seed " + SEED).isEmpty();
        assertThat(statuses)
                .as("seed " + SEED)
                .containsKeys("200", "202", "400", "401", "404", "405", "413", "415", "503");
        assertStored(taken.get());
        assertNothingKept(before, footprints());
    }

    private static void assertStored(int taken) {
        await("everything settled")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(analytics.figure("settled") + analytics.figure("discarded") + analytics.dead())
                                .isEqualTo(analytics.figure("accepted")));
        assertThat(analytics.figure("accepted")).as("accepted, seed " + SEED).isEqualTo(taken);
        assertThat(analytics.stored()).as("stored, seed " + SEED).isEqualTo(taken);
    }

    private static void assertNothingKept(List<Footprint> before, List<Footprint> after) {
        for (int i = 0; i < before.size(); i++) {
            String change = before.get(i) + " became " + after.get(i) + ", seed " + SEED;
            assertThat(after.get(i).heapBytes() - before.get(i).heapBytes())
                    .as(change)
                    .isLessThan(MOST_GROWTH);
            assertThat(after.get(i).metricLines() - before.get(i).metricLines())
                    .as(change)
                    .isLessThan(MOST_NEW_METRIC_LINES);
        }
    }

    private void send(int from, int to, boolean redisAway) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Callable<Object>> requests = IntStream.range(from, to)
                    .mapToObj(number -> Executors.callable(() -> send(number, redisAway)))
                    .toList();
            for (Future<Object> sent : senders.invokeAll(requests, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                sent.get();
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private void send(int number, boolean redisAway) {
        int target = number % ENDPOINTS.size();
        byte[] request = HostileRequests.make(SEED, number, ENDPOINTS.get(target), key);
        long started = System.nanoTime();
        try {
            String answer = RawConnection.exchange(services().get(target).port(), request);
            STATUS.matcher(answer).results().forEach(found -> statuses.merge(found.group(1), 1, Integer::sum));
            String judged = EXAMPLE.matcher(answer).replaceAll("");
            TAKEN.matcher(judged).results().map(found -> found.group(1)).forEach(events -> {
                taken.addAndGet(events == null ? 1 : Integer.parseInt(events));
            });
            judged = redisAway ? REDIS_IS_AWAY.matcher(judged).replaceAll("") : judged;
            if (FAILURE.matcher(judged).find() || System.nanoTime() - started > LONGEST_EXCHANGE.toNanos()) {
                harm.add(number + ": " + readable(request) + " was answered " + answer);
            }
        } catch (IOException e) {
            harm.add(number + ": " + readable(request) + " ended in " + e);
        }
    }

    private static String readable(byte[] request) {
        return new String(request, 0, Math.min(request.length, 1_000), StandardCharsets.ISO_8859_1);
    }

    private static List<Service> services() {
        return List.of(analytics.ingestion, analytics.reporting, analytics.processor);
    }

    private static List<Footprint> footprints() {
        return services().stream().map(Footprint::of).toList();
    }
}
