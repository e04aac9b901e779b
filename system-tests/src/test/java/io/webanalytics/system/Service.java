package io.webanalytics.system;

import static org.awaitility.Awaitility.await;

import io.webanalytics.testing.Http;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of the services in a process of its own, started from its runnable jar. */
final class Service implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);

    private final String name;
    private final int port;
    private final List<String> settings;
    private Process process;

    private Service(String name, int port, List<String> settings) {
        this.name = name;
        this.port = port;
        this.settings = settings;
        this.process = run();
    }

    /** Starts a service on a free port; {@link #awaitReady} waits for it. */
    static Service launch(String name, String... settings) {
        return new Service(name, freePort(), List.of(settings));
    }

    static Path jar(String name) {
        return Path.of(System.getProperty("project.root"), name, "target")
                .resolve(name + "-" + System.getProperty("project.version") + "-exec.jar")
                .toAbsolutePath();
    }

    static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Ends the process as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Starts it again on the same port. */
    void restart() {
        process = run();
        awaitReady();
    }

    @Override
    public void close() {
        process.destroy();
        awaitExit();
    }

    /** Waits until the service says that it is ready. */
    void awaitReady() {
        await(name).atMost(START_TIMEOUT).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended: " + Files.readString(log().toPath()));
            }
            return isReady();
        });
    }

    private boolean isReady() {
        try {
            return Http.get(url("/actuator/health/readiness")).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private Process run() {
        List<String> command = new ArrayList<>(List.of(
                java(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-jar", jar(name).toString()));
        command.add("--server.port=" + port);
        command.addAll(settings);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private File log() {
        return Path.of("target", name + "-" + port + ".log").toFile();
    }

    private void awaitExit() {
        try {
            if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " did not stop within " + STOP_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
