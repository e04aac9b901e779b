package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.webanalytics.testing.Http;
import io.webanalytics.testing.TestServers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Answers as files. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=service-defaults,reporting-service,application")
class CsvTests {

    private static final String DATABASE = "csv-" + UUID.randomUUID();
    private static final MongoClient CLIENT =
            MongoClients.create(TestServers.mongo().url());
    private static final int PATHS = 1_500;
    private static final int LARGE = 15_000;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.mongodb.uri", () -> TestServers.mongo().url(DATABASE));
    }

    @BeforeAll
    static void store() {
        MongoCollection<Document> events = CLIENT.getDatabase(DATABASE).getCollection("events");
        events.insertMany(IntStream.range(0, PATHS)
                .mapToObj(i -> ReportFixture.event("s:1", "page_view", "/" + i, "u", "2025-11-12T10:00:00Z"))
                .toList());
        String rest = "x".repeat(500);
        List<Document> some = new ArrayList<>();
        for (int i = 0; i < LARGE; i++) {
            some.add(ReportFixture.event("large", "page_view", "/" + rest + i, "u", "2025-11-12T10:00:00Z"));
            if (some.size() == 1_000) {
                events.insertMany(some);
                some.clear();
            }
        }
    }

    @AfterAll
    static void drop() {
        CLIENT.getDatabase(DATABASE).drop();
        CLIENT.close();
    }

    @Test
    void fileHoldsAllRowsUnlessALimitSaysOtherwise() {
        HttpResponse<String> all = get("/stats/breakdown?site_id=s:1&date=2025-11-12&by=path&format=csv");
        assertThat(all.body().lines())
                .hasSize(1 + PATHS)
                .startsWith("path,views")
                .contains("/1499,1");
        assertThat(all.headers().firstValue("Total-Count")).hasValue("1500");

        HttpResponse<String> some = get("/stats/breakdown?site_id=s:1&date=2025-11-12&by=path&format=csv&limit=3");
        assertThat(some.body().lines()).hasSize(1 + 3);
        assertThat(some.headers().firstValue("Total-Count")).hasValue("1500");

        HttpResponse<String> rest = get("/stats/breakdown?site_id=s:1&date=2025-11-12&by=path&format=csv&offset=1400");
        assertThat(rest.body().lines()).hasSize(1 + 100);
    }

    @Test
    void everyReportIsWhole() {
        assertThat(get("/stats/timeseries?site_id=s:1&from=2025-10-01&to=2025-11-30&interval=hour&format=csv")
                        .body()
                        .lines())
                .hasSize(1 + 61 * 24);
        HttpResponse<String> stats = get("/stats?site_id=s:1&date=2025-11-12&format=csv");
        assertThat(stats.body().lines().filter(line -> line.startsWith("top_paths,")))
                .hasSize(PATHS);
        assertThat(stats.headers().firstValue("Total-Count")).hasValue("1500");
        assertThat(get("/stats/realtime?site_id=s:1&format=csv").headers().firstValue("Total-Count"))
                .hasValue("0");
    }

    @Test
    void jsonHasAPageStill() {
        assertThat(get("/stats/breakdown?site_id=s:1&date=2025-11-12&by=path").body())
                .contains("\"total\":1500,\"offset\":0,\"limit\":100");
    }

    @Test
    void fileHasAName() {
        assertThat(get("/stats/breakdown?site_id=s:1&date=2025-11-12&by=path&format=csv")
                        .headers()
                        .firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"s_1-breakdown-2025-11-12-2025-11-12.csv\"");
        assertThat(get("/stats/realtime?site_id=s:1&format=csv").headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"s_1-realtime.csv\"");
    }

    @Test
    void byteOrderMarkComesOnDemand() {
        String query = "/stats/breakdown?site_id=s:1&date=2025-11-12&by=path&format=csv";
        assertThat(get(query).body()).startsWith("path");
        assertThat(get(query + "&bom=true").body()).startsWith("\uFEFFpath");
    }

    /** A truncated answer must not look complete: its last chunk, which is empty, is not sent. */
    @Test
    void fileThatNobodyReadsBreaksOff() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.setSoTimeout(30_000);
            socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
            socket.getOutputStream()
                    .write(("GET /stats/breakdown?site_id=large&date=2025-11-12&by=path&format=csv HTTP/1.1\r\n"
                                    + "Host: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes(1_000);
            assertThat(new String(start, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");

            awaitGivenUp();

            assertThat(endsWhole(socket)).isFalse();
        }
        assertThat(get("/stats/breakdown?site_id=large&date=2025-11-12&by=path&format=csv")
                        .body()
                        .lines())
                .hasSize(1 + LARGE);
    }

    /** Waits longer than the five seconds that each write has. Other requests are answered meanwhile. */
    private void awaitGivenUp() {
        Instant end = Instant.now().plusSeconds(8);
        while (Instant.now().isBefore(end)) {
            assertThat(get("/stats?site_id=s:1&date=2025-11-12").statusCode()).isEqualTo(200);
        }
    }

    private static boolean endsWhole(Socket socket) throws IOException {
        byte[] end = new byte[5];
        byte[] buffer = new byte[65_536];
        try {
            for (int read = socket.getInputStream().read(buffer);
                    read > 0;
                    read = socket.getInputStream().read(buffer)) {
                byte[] all = new byte[5 + read];
                System.arraycopy(end, 0, all, 0, 5);
                System.arraycopy(buffer, 0, all, 5, read);
                System.arraycopy(all, read, end, 0, 5);
            }
        } catch (SocketException e) {
            return false; // broken off
        }
        return new String(end, StandardCharsets.US_ASCII).equals("0\r\n\r\n");
    }

    private HttpResponse<String> get(String path) {
        return Http.get("http://localhost:" + port + path);
    }
}
