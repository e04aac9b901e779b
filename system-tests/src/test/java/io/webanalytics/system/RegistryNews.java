package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webanalytics.testing.Signals;
import io.webanalytics.testing.TcpProxy;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How soon services know of a change to keys, and what they do without news. */
abstract class RegistryNews {

    private static final String SITE = AccessCallers.SITE;
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String REGISTRY_IN_USE = "the registry of ";

    private final Analytics analytics;
    private final List<Service> processors;
    private final Service second;
    private final TcpProxy secondLine;
    private final AccessAdmin admin;
    private final AccessCaller operator;
    private final AccessCaller sender;

    RegistryNews(AccessSystem system) {
        analytics = system.analytics();
        second = system.secondIngestion();
        secondLine = system.secondLine();
        processors = List.of(analytics.processor, system.secondProcessor());
        admin = system.admin();
        operator = system.callers().operator();
        sender = system.callers().of("write key").get(0);
    }

    @AfterEach
    void restore() {
        processors.forEach(processor -> Signals.resume(processor.process()));
        analytics.mongoLine.restore();
        awaitStatus(202, sender);
    }

    @Test
    void newKeyWorksAndRevokedKeyEndsWithinSeconds() {
        String key = admin.key("write", SITE);
        AccessCaller caller = AccessCaller.withKey("a new key", key);
        Duration begun = awaitStatus(202, caller);
        admin.revoke(key);
        Duration ended = awaitStatus(401, caller);

        System.out.println("A new key worked after " + begun.toMillis() + " ms, and ended " + ended.toMillis()
                + " ms after it was revoked");
        assertThat(begun).isLessThan(SOON);
        assertThat(ended).isLessThan(SOON);
    }

    @Test
    void knownKeysWorkWithoutMongoAndProcessors() {
        analytics.mongoLine.cut();
        assertThat(statuses(sender)).containsOnly(202);
        processors.forEach(processor -> Signals.pause(processor.process()));
        second.kill();
        second.restart();

        assertThat(statuses(sender)).containsOnly(202);
        assertThat(statuses(AccessCaller.ANONYMOUS)).containsOnly(401);
    }

    @ParameterizedTest
    @CsvSource({
        "broken, is not the JSON of one",
        "{\"format\": 2}, has format 2. This release reads 1",
        "'{\"format\": 1, \"sites\": null, \"keys\": [{}]}', is not the JSON of one",
        "'', there is none"
    })
    void lastRegistryIsKeptWhereTheNextOneCannotBeRead(String content, String problem) {
        processors.forEach(processor -> Signals.pause(processor.process()));
        Map<String, String> registry = new HashMap<>(analytics.registry());
        registry.putAll(Map.of("version", "another", "content", content));

        analytics.replaceRegistry(content.isEmpty() ? Map.of() : registry);

        for (Service ingestion : ingestions()) {
            await("the warning")
                    .untilAsserted(() -> assertThat(health(ingestion)).contains(REGISTRY_IN_USE, problem));
            assertThat(operator.get(ingestion.url("/actuator/health/readiness")).statusCode())
                    .isEqualTo(200);
        }
        assertThat(statuses(sender)).containsOnly(202);

        processors.forEach(processor -> Signals.resume(processor.process()));
        ingestions()
                .forEach(ingestion -> await("the end of the warning")
                        .atMost(PATIENCE)
                        .until(() -> !health(ingestion).contains(REGISTRY_IN_USE)));
    }

    @Test
    void keysCannotBeToldWithoutAnyRegistry() {
        processors.forEach(processor -> Signals.pause(processor.process()));
        analytics.replaceRegistry(Map.of());
        second.kill();
        second.restartAlive();

        HttpResponse<String> response = write(second, sender);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"reason\":\"access_unknown\"");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(write(second, AccessCaller.ANONYMOUS).statusCode()).isEqualTo(401);
        assertThat(operator.get(second.url("/actuator/health/readiness")).statusCode())
                .isEqualTo(503);
        assertThat(operator.get(second.url("/actuator/health/liveness")).statusCode())
                .isEqualTo(200);

        processors.forEach(processor -> Signals.resume(processor.process()));
        second.awaitReady();
        assertThat(write(second, sender).statusCode()).isEqualTo(202);
    }

    @Test
    void processorThatStoodStillBringsNoKeyBack() {
        String key = admin.key("write", SITE);
        AccessCaller caller = AccessCaller.withKey("a key that is revoked", key);
        awaitStatus(202, caller);
        Signals.pause(analytics.processor.process());
        admin.revoke(key);
        awaitStatus(401, caller);

        Signals.resume(analytics.processor.process());

        await("no return")
                .during(SOON)
                .atMost(SOON.plusSeconds(10))
                .until(() -> statuses(caller).equals(List.of(401, 401)));
    }

    @Test
    void unknownKeysCostNothing() throws Exception {
        UnknownKeys.send(second, UnknownKeys.MANY / 10);
        Footprint before = Footprint.of(second, operator);
        long bytes = secondLine.requestedBytes();

        UnknownKeys.send(second, UnknownKeys.MANY);

        long asked = secondLine.requestedBytes() - bytes;
        Footprint after = Footprint.of(second, operator);
        System.out.println(UnknownKeys.MANY + " unknown keys: heap " + before.heapBytes() + " became "
                + after.heapBytes() + " bytes, " + asked + " bytes to Redis");
        assertThat(after.heapBytes() - before.heapBytes()).isLessThan(UnknownKeys.MANY * 5);
        assertThat(asked).isLessThan(UnknownKeys.MANY);
        assertThat(after.metricLines() - before.metricLines()).isLessThan(10);
    }

    @Test
    void unknownKeysAreNotLookedUpInMongo() throws Exception {
        processors.forEach(processor -> Signals.pause(processor.process())); // they have the same line
        int requests = UnknownKeys.MANY / 20;
        long bytes = analytics.mongoLine.requestedBytes();

        UnknownKeys.send(analytics.reporting, requests);

        assertThat(analytics.mongoLine.requestedBytes() - bytes).isLessThan(requests * 10);
    }

    private List<Service> ingestions() {
        return List.of(analytics.ingestion, second);
    }

    private String health(Service service) {
        return operator.get(service.url("/actuator/health")).body();
    }

    /** Waits until all that ingest respond alike. Returns how long that took. */
    private Duration awaitStatus(int status, AccessCaller caller) {
        long since = System.nanoTime();
        await(status + " to " + caller)
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(() -> statuses(caller).equals(List.of(status, status)));
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private List<Integer> statuses(AccessCaller caller) {
        return ingestions().stream()
                .map(ingestion -> write(ingestion, caller).statusCode())
                .toList();
    }

    private static HttpResponse<String> write(Service ingestion, AccessCaller caller) {
        return caller.send("POST", ingestion.url("/event"), AccessRequests.event(SITE));
    }
}
