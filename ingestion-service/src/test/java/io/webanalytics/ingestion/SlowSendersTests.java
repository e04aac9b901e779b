package io.webanalytics.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.testing.Http;
import io.webanalytics.testing.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Senders that take their time keep nobody else waiting, though there are few threads. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=service-defaults,ingestion-service,application")
@ExtendWith(OutputCaptureExtension.class)
class SlowSendersTests {

    private static final int MANY = 4 + Runtime.getRuntime().availableProcessors();

    /** Less than the 5 s after which the service gives up a sender that stalls. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private final List<Socket> slow = new ArrayList<>();

    @LocalServerPort
    private int port;

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
        String request = request("/event", Events.SEED);
        for (int i = 0; i < MANY; i++) {
            send(request.substring(0, request.length() - 10));
        }

        assertTakesEventsAtOnce();
    }

    @Test
    void answersThatAreNotReadKeepNobodyWaiting() throws IOException {
        sendWithoutReading();

        assertTakesEventsAtOnce();
    }

    @Test
    void sendersThatLeaveBeforeTheyHaveTheirAnswersAreNotWorthAWord(CapturedOutput log) throws IOException {
        sendWithoutReading();
        assertTakesEventsAtOnce();
        disconnect();
        assertTakesEventsAtOnce();

        assertThat(log).doesNotContain("WARN", "ERROR");
    }

    private void sendWithoutReading() throws IOException {
        String answeredAtLength = "[" + String.join(",", Collections.nCopies(1_000, "{}")) + "]";
        String more = request("/events", answeredAtLength).repeat(32); // than the system buffers of the answers
        for (int i = 0; i < MANY; i++) {
            send(more);
        }
    }

    private static String request(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private void send(String bytes) throws IOException {
        Socket socket = new Socket();
        slow.add(socket);
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
    }

    /** Again and again, until all threads must have come to those who are slow. */
    private void assertTakesEventsAtOnce() {
        for (int i = 0; i < 20; i++) {
            long started = System.nanoTime();
            assertThat(Http.postJson("http://127.0.0.1:" + port + "/event", Events.SEED)
                            .statusCode())
                    .isEqualTo(202);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(AT_ONCE);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
