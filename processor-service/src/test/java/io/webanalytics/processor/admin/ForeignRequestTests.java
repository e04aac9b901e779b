package io.webanalytics.processor.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.processor.FailingMongo;
import io.webanalytics.processor.ProcessorFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/** Which requests may change something. */
class ForeignRequestTests {

    private static final FailingMongo MONGO = new FailingMongo();
    private static final ProcessorFixture FIXTURE = new ProcessorFixture();

    @BeforeAll
    static void startProcessor() {
        FIXTURE.startProcessor(
                MONGO.url() + "/analytics", "--processor.allowed-hosts=ops.example.com,Analytics.Internal.Example");
    }

    @AfterAll
    static void stop() {
        FIXTURE.close();
        MONGO.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:3003",
                "127.0.0.1:3003",
                "192.168.7.20",
                "[::1]:3003",
                "[::ffff:127.0.0.1]",
                "processor-service:3003",
                "ops.example.com",
                "OPS.example.com:3003",
                "analytics.internal.example"
            })
    void hostThatIsAnAddressOrHasNoDotOrIsAllowedMayChangeSomething(String host) throws IOException {
        assertThat(status("DELETE", "Host: " + host)).isEqualTo(200);
        assertThat(status("DELETE", "Host: " + host, "Origin: http://" + host, "Sec-Fetch-Site: same-origin"))
                .as("its own page")
                .isEqualTo(200);
        assertThat(status("DELETE", "Host: " + host, "Origin: https://" + host))
                .as("its own page, behind a proxy with TLS")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:3003",
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "ops.example.com.evil.example",
                "evil.ops.example.com",
                "127.1.evil"
            })
    void hostWhoseNameSomebodyLetsPointHereMayNot(String host) throws IOException {
        assertThat(status("DELETE", "Host: " + host)).isEqualTo(403);
        assertThat(status("POST", "Host: " + host, "Origin: http://" + host, "Sec-Fetch-Site: same-origin"))
                .isEqualTo(403);
        assertThat(status("PUT", "Host: " + host))
                .as("whatever else would change something")
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, ",
        "http://localhost, ",
        "http://localhost:3001, ",
        "http://localhost:3003.evil.example, ",
        "null, ",
        "http://localhost:3003, cross-site",
        ", cross-site"
    })
    void pageOfAnotherOriginMayNot(String origin, String site) throws IOException {
        String sentOrigin = origin == null ? "X-No-Origin: 1" : "Origin: " + origin;
        String sentSite = site == null ? "X-No-Site: 1" : "Sec-Fetch-Site: " + site;

        assertThat(status("POST", "Host: localhost:3003", sentOrigin, sentSite)).isEqualTo(403);
    }

    @Test
    void everybodyMayLook() throws IOException {
        String[] foreign = {"Host: evil.example", "Origin: http://evil.example", "Sec-Fetch-Site: cross-site"};

        assertThat(status("GET", foreign)).isEqualTo(200);
        assertThat(status("HEAD", foreign)).isEqualTo(200);
    }

    @Test
    void refusalIsAProblemThatNamesTheSetting() throws IOException {
        assertThat(exchange("DELETE", "Host: evil.example"))
                .contains("application/problem+json", "\"status\":403", "processor.allowed-hosts");
    }

    private static int status(String method, String... headers) throws IOException {
        return Integer.parseInt(exchange(method, headers).split(" ")[1]);
    }

    private static String exchange(String method, String... headers) throws IOException {
        int port = ((WebServerApplicationContext) FIXTURE.processors.get(0))
                .getWebServer()
                .getPort();
        String path = method.equals("POST") ? "/dead-letters/replay" : "/dead-letters";
        String request = method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
