package io.webanalytics.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.service.access.CurrentRegistry;
import io.webanalytics.sites.ApiKey;
import io.webanalytics.sites.Grants;
import io.webanalytics.sites.KeyScope;
import io.webanalytics.sites.KeyToken;
import io.webanalytics.sites.Registry;
import io.webanalytics.sites.RegistryFormat;
import io.webanalytics.testing.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An event a second for each address and each key, and ten at once. This machine is the proxy that names the addresses. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=service-defaults,ingestion-service,application",
            "ingestion.address-limit=1",
            "ingestion.key-limit=1",
            "trusted-proxies=127.0.0.1"
        })
class SenderLimitsTests {

    private static final int AT_ONCE = 10;
    private static final String QUEUE = "events:{0}";
    private static final EmbeddedRedis SERVER = EmbeddedRedis.start(null);
    private static final RedisClient CLIENT = RedisClient.create(SERVER.url());
    private static final RedisCommands<String, String> REDIS = CLIENT.connect().sync();

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry metrics;

    @Autowired
    private CurrentRegistry registry;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.data.redis.url", SERVER::url);
    }

    @BeforeAll
    static void publishNoKeys() {
        String content = new String(RegistryFormat.encode(Registry.EMPTY), StandardCharsets.UTF_8);
        REDIS.hset("registry", Map.of("version", "none", "content", content));
    }

    @AfterAll
    static void stop() {
        CLIENT.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        SERVER.close();
    }

    @Test
    void batchIsTakenWholeAndWhatItOwesIsWaitedFor() {
        long queued = REDIS.llen(QUEUE);
        double rejected = rejected();
        assertThat(send("/events", batch(100), "203.0.113.1").body()).startsWith("{\"received\":100,\"rejected\":0,");

        for (String path : List.of("/event", "/events")) {
            HttpResponse<String> refused = send(path, path.equals("/event") ? Events.SEED : batch(2), "203.0.113.1");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(refused.body())
                    .contains("\"status\":429", "\"reason\":\"rate_limited\"", "\"instance\":\"" + path + "\"");
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .as("91 s from the batch on")
                    .isBetween(71L, 91L);
        }
        assertThat(REDIS.llen(QUEUE)).as("the batch, and nothing else").isEqualTo(queued + 100);
        assertThat(rejected()).isEqualTo(rejected + 2);
        assertThat(send("/event", Events.SEED, "203.0.113.2").statusCode()).isEqualTo(202);
    }

    @Test
    void rejectedEventsOfABatchCountToo() {
        assertThat(send("/events", "[" + "{},".repeat(99) + Events.SEED + "]", "203.0.113.3")
                        .body())
                .startsWith("{\"received\":1,\"rejected\":99,");

        assertThat(send("/event", Events.SEED, "203.0.113.3").statusCode()).isEqualTo(429);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/event | application/json | {} | 400",
                "/event | text/plain | {} | 415",
                "/events | application/json | [] | 202",
                "/events | application/json | garbage | 400",
                "/events | text/plain | [] | 415",
            })
    void requestThatHoldsNoEventCostsAsMuchAsOne(String path, String type, String body, int status) {
        String address = "198.51.100." + Math.floorMod((path + type + body).hashCode(), 256);
        long started = System.nanoTime();
        int answered = 0;
        while (answered < 100 && send(path, type, body, address).statusCode() == status) {
            answered++;
        }

        long refilled = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
        assertThat(answered).isBetween(AT_ONCE, AT_ONCE + (int) refilled);
    }

    @Test
    void addressesOfOneIpv6NetworkAreOneSender() {
        send("/events", batch(100), "2001:db8:0:1::1");

        assertThat(send("/event", Events.SEED, "2001:db8:0:1:ffff::2").statusCode())
                .isEqualTo(429);
        assertThat(send("/event", Events.SEED, "2001:db8:0:2::1").statusCode()).isEqualTo(202);
    }

    @Test
    void addressThatTheSenderClaimsIsNotItsOwn() {
        send("/events", batch(100), "203.0.113.4");

        assertThat(send("/event", Events.SEED, "203.0.113.5, 203.0.113.4").statusCode())
                .isEqualTo(429);
        assertThat(send("/event", Events.SEED, "127.0.0.1, 203.0.113.4").statusCode())
                .isEqualTo(429);
    }

    @Test
    void thisMachineIsNotLimited() {
        for (int i = 0; i < 3; i++) {
            assertThat(Http.postJson(url("/events"), batch(100)).statusCode()).isEqualTo(202);
        }
    }

    @Test
    void refusalMayBeReadByAPage() {
        send("/events", batch(100), "203.0.113.6");
        HttpResponse<String> refused = Http.send(request("/event", "application/json", Events.SEED, "203.0.113.6")
                .header("Origin", "https://shop.test"));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://shop.test");
        assertThat(refused.headers().firstValue("Access-Control-Expose-Headers"))
                .hasValueSatisfying(headers -> assertThat(headers).contains("Retry-After"));
    }

    /** Two requests on one connection: the second is read only if the body of the first is skipped. */
    @ParameterizedTest
    @ValueSource(ints = {10, 1_000_000})
    void connectionStaysUsable(int bodyBytes) throws IOException {
        send("/events", batch(100), "203.0.113.7");
        String refused = raw("203.0.113.7", "", " ".repeat(bodyBytes));
        String last = raw("203.0.113.8", "Connection: close\r\n", Events.SEED);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((refused + last).getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answers).startsWith("HTTP/1.1 429 ").contains("HTTP/1.1 202 ");
        }
    }

    @Test
    void keyIsLimitedWhateverAddressesItIsUsedFrom() {
        String key = newKey();
        assertThat(sendWith(key, batch(100), "203.0.113.20").statusCode()).isEqualTo(202);

        HttpResponse<String> refused = sendWith(key, batch(1), "203.0.113.21");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(71L, 91L);
        assertThat(sendWith(newKey(), batch(1), "203.0.113.21").statusCode()).isEqualTo(202);
        assertThat(send("/events", batch(1), "203.0.113.20").statusCode()).isEqualTo(202);
    }

    @Test
    void keyIsLimitedOnThisMachineToo() {
        String key = newKey();
        assertThat(sendWith(key, batch(100), "127.0.0.1").statusCode()).isEqualTo(202);

        assertThat(sendWith(key, batch(1), "127.0.0.1").statusCode()).isEqualTo(429);
        assertThat(send("/events", batch(100), "127.0.0.1").statusCode()).isEqualTo(202);
        assertThat(send("/events", batch(1), "127.0.0.1").statusCode()).isEqualTo(202);
    }

    /** Makes a key known to the service. */
    private String newKey() {
        KeyToken token = KeyToken.random();
        byte[] content = RegistryFormat.encode(new Registry(
                List.of(),
                Stream.concat(
                                registry.get().keys().stream(),
                                Stream.of(new ApiKey(
                                        token.prefix(), token.hash(), KeyScope.WRITE, List.of(Grants.ALL_SITES), null)))
                        .toList()));
        REDIS.hset(
                "registry", Map.of("version", token.prefix(), "content", new String(content, StandardCharsets.UTF_8)));
        registry.refresh();
        return token.reveal();
    }

    private HttpResponse<String> sendWith(String key, String body, String forwardedFor) {
        return Http.send(
                request("/events", "application/json", body, forwardedFor).header("Authorization", "Bearer " + key));
    }

    @Test
    void zeroIsNoLimit() {
        SenderLimits none = new SenderLimits(
                new IngestionProperties(Duration.ZERO, Duration.ofMillis(800), 1, 0, 0, List.of("*")), () -> null);
        MockHttpServletRequest request = from("192.0.2.3");
        for (int i = 0; i < 100; i++) {
            none.admit(request);
            none.charge(request, 1_000);
        }
    }

    private static MockHttpServletRequest from(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        return request;
    }

    private double rejected() {
        return metrics.get("events.rejected")
                .tag("reason", "rate_limited")
                .counter()
                .count();
    }

    private static String batch(int events) {
        return "[" + String.join(",", Collections.nCopies(events, Events.SEED)) + "]";
    }

    private HttpResponse<String> send(String path, String body, String forwardedFor) {
        return send(path, "application/json", body, forwardedFor);
    }

    private HttpResponse<String> send(String path, String type, String body, String forwardedFor) {
        return Http.send(request(path, type, body, forwardedFor));
    }

    private HttpRequest.Builder request(String path, String type, String body, String forwardedFor) {
        return HttpRequest.newBuilder(URI.create(url(path)))
                .header("X-Forwarded-For", forwardedFor)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
    }

    private static String raw(String forwardedFor, String header, String body) {
        return "POST /event HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Forwarded-For: "
                + forwardedFor + "\r\n" + header + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
