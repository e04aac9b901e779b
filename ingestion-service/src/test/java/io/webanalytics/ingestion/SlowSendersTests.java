package io.webanalytics.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Slow senders keep no other sender waiting, though there are few threads. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=service-defaults,ingestion-service,application")
@ExtendWith(OutputCaptureExtension.class)
class SlowSendersTests {

    private static final int MANY = 10 + Runtime.getRuntime().availableProcessors();

    private static final int FAR_MORE_THAN_THE_SYSTEM_BUFFERS = 16 << 20;

    private static final String ANSWERED_AT_LENGTH = "[" + String.join(",", Collections.nCopies(1_000, "{}")) + "]";

    /** Less than the 5 s after which the service gives up a stalled sender. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private final List<Socket> slow = new ArrayList<>();

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry metrics;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.data.redis.url", TestServers.redis()::url);
    }

    @AfterEach
    void disconnect() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void bodiesThatStallKeepNobodyWaiting() throws IOException {
        sendOften(withoutEnd(request("/event", "application/json", Events.SEED)));

        assertTakesEventsAtOnce("/event");
    }

    @Test
    void bodiesThatAreRefusedAndStallKeepNobodyWaiting() throws IOException {
        sendOften(withoutEnd(request("/event", "text/plain", Events.SEED)));

        assertTakesEventsAtOnce("/event");
    }

    @Test
    void largeBatchesThatStallKeepNobodyWaiting() throws IOException {
        sendOften(withoutEnd(request("/events", "application/json", Events.SEED + " ".repeat(1_000_000))));

        assertTakesEventsAtOnce("/events");
    }

    /** A sender that does not read is given up after 5 s. The rest of its request must not count as part of another request. */
    @Test
    void answersThatAreNeverReadHarmNobody(CapturedOutput log) throws IOException {
        String request = request("/events", "application/json", ANSWERED_AT_LENGTH);
        sendOften(30, request.repeat(FAR_MORE_THAN_THE_SYSTEM_BUFFERS / request.length()));

        long started = System.nanoTime();
        while (System.nanoTime() - started < Duration.ofSeconds(9).toNanos()) {
            HttpResponse<String> response = Http.postJson("http://127.0.0.1:" + port + "/event", Events.SEED);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        }
        assertThat(log).doesNotContain(" ERROR ");
    }

    /** A few bodies that are nearly complete fill the memory for bodies. Bodies that have just begun must not hold more. */
    @ParameterizedTest
    @ValueSource(ints = {10_000, (1 << 20) - 1})
    void batchesThatStallRefuseNoOther(int sent) throws Exception {
        String whole = request("/events", "application/json", " ".repeat(1 << 20));
        List<Thread> senders = sendOften(40, whole.substring(0, whole.length() - (1 << 20) + sent));
        for (Thread sender : senders) {
            sender.join(AT_ONCE.toMillis()); // then the service has what the system does not buffer
        }

        String large = "[" + Events.SEED + " ".repeat(500_000) + "]";
        for (int i = 0; i < 20; i++) {
            long started = System.nanoTime();
            HttpResponse<String> response = Http.postJson("http://127.0.0.1:" + port + "/events", large);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(AT_ONCE);
        }
    }

    @Test
    void answersThatAreNotReadHaveAFixedPartOfTheMemory() throws IOException {
        String event = "{\"properties\":{"
                + IntStream.range(0, 20).mapToObj(i -> "\"" + i + "\":[]").collect(Collectors.joining(",")) + "}}";
        String body =
                "[" + String.join(",", Collections.nCopies(1_000, event)) + "]"; // the response is ten times as long
        assertThat(answerTo(body)).contains("\"index\":999");

        sendOften(60, request("/events", "application/json", body).repeat(5)); // the system buffers two or three
        await().until(() -> answerTo(body).equals("{\"received\":0,\"rejected\":1000,\"errors\":[]}"));

        disconnect();
        await().untilAsserted(() -> assertThat(answerTo(body)).contains("\"index\":999"));
    }

    private String answerTo(String batch) {
        HttpResponse<String> response = Http.postJson("http://127.0.0.1:" + port + "/events", batch);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return response.body();
    }

    @ParameterizedTest
    @MethodSource
    void answersThatAreNotReadKeepNobodyWaiting(String request) throws IOException {
        sendOften(request.repeat(FAR_MORE_THAN_THE_SYSTEM_BUFFERS / request.length()));

        assertTakesEventsAtOnce("/event");
    }

    static Stream<String> answersThatAreNotReadKeepNobodyWaiting() {
        return Stream.of(
                request("/event", "application/json", Events.SEED),
                request("/events", "application/json", ANSWERED_AT_LENGTH),
                "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /**
     * The line, a header, a body, a chunk header or a trailer trickles in, also of a refused request, or of one whose
     * body only Tomcat reads.
     */
    @Test
    void requestsThatTrickleInComeToAnEnd() throws IOException {
        String body = " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\nContent-Type: ";
        String chunks = " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: ";
        List<String> beginnings = List.of(
                "POST /event?a",
                "POST /event HTTP/1.1\r\nHost: localhost\r\nX-Slow: a",
                "POST /event" + body + "application/json\r\n\r\n",
                "POST /events" + body + "application/json\r\nContent-Encoding: gzip\r\n\r\n" + gzipHeader(),
                "POST /event" + body + "text/plain\r\n\r\n",
                "POST /event" + chunks + "application/json\r\n\r\n1;a",
                "POST /event" + chunks + "application/json\r\n\r\n1\r\n{\r\n0\r\nX-Slow: a",
                "POST /event" + chunks + "text/plain\r\n\r\n1;a",
                "POST /nowhere" + body + "application/x-www-form-urlencoded\r\n\r\na=",
                "DELETE /nowhere" + body + "application/x-www-form-urlencoded\r\n\r\na=");
        Map<String, Thread> senders = new LinkedHashMap<>();
        for (String beginning : beginnings) {
            Socket socket = connect();
            senders.put(beginning, start(() -> trickle(beginning, socket)));
        }

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            senders.values().removeIf(sender -> !sender.isAlive());
            assertThat(senders).isEmpty();
        });
    }

    /** A gzip header that announces a file name, whose end never comes. */
    private static String gzipHeader() {
        return "\u001f\u008b\u0008\u0008\0\0\0\0\0\0";
    }

    private static void trickle(String beginning, Socket socket) {
        try {
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
            while (true) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                socket.getOutputStream().write('a');
            }
        } catch (IOException e) {
            // The service closed the connection.
        }
    }

    @Test
    void whoIsRefusedMaySendToTheEndAndReadTheAnswer() {
        String large = " ".repeat(2_000_000);
        for (int i = 0; i < 20; i++) {
            assertThat(Http.postJson("http://127.0.0.1:" + port + "/event", large)
                            .statusCode())
                    .isEqualTo(413);
            assertThat(Http.postJson("http://127.0.0.1:" + port + "/nowhere", large)
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void whoIsRefusedAndStallsReadsTheAnswerAndIsNotWaitedFor() throws IOException {
        Socket socket = connect();
        socket.setSoTimeout(20_000);
        long started = System.nanoTime();
        send(withoutEnd(request("/nowhere", "application/json", Events.SEED)), socket);

        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(answer).startsWith("HTTP/1.1 404");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(AT_ONCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 60000\r\n\r\na", "Transfer-Encoding: chunked\r\n\r\n1;a"})
    void whoIsRefusedAndTricklesIsNotWaitedFor(String body) throws Exception {
        Socket socket = connect();
        Thread sender = start(() -> trickle("POST /nowhere HTTP/1.1\r\nHost: localhost\r\n" + body, socket));

        sender.join(AT_ONCE.toMillis());

        assertThat(sender.isAlive()).isFalse();
    }

    @Test
    void threadsThatAreHeldUpAndRequestsThatWaitForOneAreShown() throws IOException {
        String stalls = withoutEnd(request("/event", "application/json", Events.SEED));
        assertThat(gauge("request.threads", "held_up")).isZero();
        sendOften(20, stalls);
        await().untilAsserted(
                        () -> assertThat(gauge("request.threads", "held_up")).isEqualTo(20));
        assertThat(metrics.get("requests.waiting").gauge().value()).isZero();

        sendOften(300, stalls);
        await().until(() -> metrics.get("requests.waiting").gauge().value() > 0);
        disconnect();
        await().until(() -> gauge("request.threads", "held_up") == 0
                && gauge("request.threads", "working") == 0
                && metrics.get("requests.waiting").gauge().value() == 0);
    }

    private double gauge(String name, String state) {
        return metrics.get(name).tag("state", state).gauge().value();
    }

    @Test
    void sendersThatLeaveBeforeTheyHaveTheirAnswersAreNotWorthAWord(CapturedOutput log) throws IOException {
        sendOften(request("/events", "application/json", ANSWERED_AT_LENGTH).repeat(32));
        assertTakesEventsAtOnce("/event");
        disconnect();
        assertTakesEventsAtOnce("/event");

        assertThat(log).doesNotContain(" WARN ", " ERROR ");
    }

    private static String request(String path, String type, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static String withoutEnd(String request) {
        return request.substring(0, request.length() - 10);
    }

    private void sendOften(String request) throws IOException {
        sendOften(MANY, request);
    }

    private List<Thread> sendOften(int times, String request) throws IOException {
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Socket socket = connect();
            senders.add(start(() -> send(request, socket))); // on a thread of its own, since it may block
        }
        return senders;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        slow.add(socket);
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void send(String request, Socket socket) {
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The service gave up, or the test is over.
        }
    }

    /** Repeats requests until each thread must have met a slow sender. */
    private void assertTakesEventsAtOnce(String path) {
        for (int i = 0; i < 10; i++) {
            long started = System.nanoTime();
            assertThat(Http.postJson(
                                    "http://127.0.0.1:" + port + path,
                                    path.equals("/events") ? "[" + Events.SEED + "]" : Events.SEED)
                            .statusCode())
                    .isEqualTo(202);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(AT_ONCE);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
