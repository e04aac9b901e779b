package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webanalytics.testing.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one command that runs everything. It listens on 3001 to 3003, which must be free. */
class LocalRunIT {

    private static final String SEED_EVENT = """
            {
              "site_id": "site-abc-123",
              "event_type": "page_view",
              "path": "/pricing",
              "user_id": "user-xyz-789",
              "timestamp": "2025-11-12T19:30:01Z"
            }""";

    @TempDir
    Path folder;

    private Path temp;
    private Path output;
    private Process process;

    @BeforeEach
    void prepare() throws IOException {
        temp = Files.createDirectory(folder.resolve("tmp"));
        output = folder.resolve("output.txt");
        for (int port : List.of(3001, 3002, 3003)) {
            assertThat(isFree(port))
                    .as("port " + port + " is free for this test")
                    .isTrue();
        }
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
    }

    @Test
    void runsEverythingAndLeavesNothingBehind() throws Exception {
        start();
        awaitGreeting();
        assertThat(output)
                .content()
                .contains("http://localhost:3001", "http://localhost:3002", "http://localhost:3003");

        assertThat(Http.postJson("http://localhost:3001/event", SEED_EVENT).body())
                .isEqualTo("{\"status\":\"received\"}");
        await().atMost(Duration.ofSeconds(2)).until(() -> stats().contains("\"total_views\":1"));
        await().untilAsserted(() -> assertThat(
                        Http.get("http://localhost:3003/ledger").body())
                .startsWith("{\"balanced\":true,\"accepted\":1,\"settled\":1,\"discarded\":0,\"dead\":0,"
                        + "\"in_flight\":0,\"queued\":0,"));

        List<ProcessHandle> servers = processesIn(temp);
        assertThat(servers).isNotEmpty();
        interrupt();
        assertThat(output).content().doesNotContain("ERROR", "WARN", "Exception");
        await().until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left.filter(path -> !path.getFileName().toString().startsWith("hsperfdata")))
                    .isEmpty();
        }
    }

    @Test
    void dataDirOutlivesARestart() throws Exception {
        String dataDir = "--data-dir=" + folder.resolve("data");
        start(dataDir);
        awaitGreeting();
        Http.postJson("http://localhost:3001/event", SEED_EVENT);
        await().until(() -> stats().contains("\"total_views\":1"));
        interrupt();

        start(dataDir);
        awaitGreeting();
        assertThat(stats()).contains("\"total_views\":1").contains("/pricing");
        interrupt();
    }

    @Test
    void busyPortIsNamedInOneSentence() throws Exception {
        try (ServerSocket busy = new ServerSocket(3002, 1, InetAddress.getLoopbackAddress())) {
            assertThat(busy.isBound()).isTrue();
            start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(output)
                .content()
                .isEqualTo("Cannot start: port 3002 is in use; stop what listens there and start again\n");
    }

    @Test
    void unknownArgumentIsNamedInOneSentence() throws Exception {
        start("--data=x");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output)
                .content()
                .startsWith("Cannot start: unknown argument --data=x")
                .hasLineCount(1);
    }

    private void start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Service.java(), "-Djava.io.tmpdir=" + temp));
        command.addAll(Service.JVM_OPTIONS);
        command.addAll(List.of("-jar", Service.jar("local-run").toString()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private void awaitGreeting() {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            String text = Files.readString(output);
            assertThat(process.isAlive()).as(text).isTrue();
            return text.contains("Try it:");
        });
    }

    /** Ends the run as Ctrl-C does. Its own signal SIGINT would not do: a shell's background processes ignore it. */
    private void interrupt() throws Exception {
        new ProcessBuilder("kill", "-TERM", String.valueOf(process.pid()))
                .start()
                .waitFor(5, TimeUnit.SECONDS);
        assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    }

    private static String stats() {
        return Http.get("http://localhost:3002/stats?site_id=site-abc-123&date=2025-11-12")
                .body();
    }

    private static List<ProcessHandle> processesIn(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").startsWith(folder.toString()))
                .toList();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
