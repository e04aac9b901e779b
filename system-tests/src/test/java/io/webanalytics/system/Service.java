package io.webanalytics.system;

import static org.awaitility.Awaitility.await;

import io.webanalytics.testing.Http;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One of the services in a process of its own, started from the content of its runnable jar. It ends with the JVM that started
 * it, however the test ends.
 */
public final class Service implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);
    private static final Duration EXTRACT_TIMEOUT = Duration.ofSeconds(60);

    /** For a short life, without optimizations that pay off late. */
    static final List<String> JVM_OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Map<String, Path> EXTRACTED = new ConcurrentHashMap<>();
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final int port;
    private final List<String> program;
    private final List<String> settings;
    private volatile Process process;

    private Service(String name, List<String> program, List<String> settings) {
        this.name = name;
        this.port = freePort();
        this.program = program;
        this.settings = settings;
        this.process = run();
    }

    /** Starts a service on a free port; {@link #awaitReady} waits for it. */
    public static Service launch(String name, String... settings) {
        return new Service(name, List.of("-jar", extracted(name).toString()), List.of(settings));
    }

    /** Starts a service from a main class of the tests, which has the service's classes in its class path. */
    public static Service launch(String name, Class<?> main, String... settings) {
        String testClasses = Path.of("target", "test-classes").toAbsolutePath().toString();
        String classes = extracted(name) + File.pathSeparator + testClasses;
        return new Service(name, List.of("-cp", classes, main.getName()), List.of(settings));
    }

    /** Returns the jar that remains when the libraries are extracted from the runnable jar: it starts faster. */
    private static Path extracted(String name) {
        return EXTRACTED.computeIfAbsent(name, service -> {
            Path folder = Path.of("target", "extracted", service).toAbsolutePath();
            List<String> command = new ArrayList<>(
                    List.of(java(), "-Djarmode=tools", "-jar", jar(service).toString()));
            command.addAll(List.of("extract", "--force", "--destination", folder.toString()));
            File log = Path.of("target", service + "-extraction.log").toFile();
            awaitExit(run(command, log), "extraction of " + service, EXTRACT_TIMEOUT);
            return folder.resolve(jar(service).getFileName());
        });
    }

    static Path jar(String name) {
        return Path.of(System.getProperty("project.root"), name, "target")
                .resolve(name + "-" + System.getProperty("project.version") + "-exec.jar")
                .toAbsolutePath();
    }

    static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    int port() {
        return port;
    }

    /** Ends the process as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Starts it again on the same port. */
    public void restart() {
        process = run();
        awaitReady();
    }

    /** Starts the service again on the same port, and waits until it listens. Its servers may be unavailable. */
    public void restartAlive() {
        process = run();
        await(name).atMost(START_TIMEOUT).until(() -> answers("/actuator/health/liveness"));
    }

    /** Writes a line to the standard input of the process. */
    public void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        awaitExit();
    }

    /** Waits until the service says that it is ready. */
    public void awaitReady() {
        await(name).atMost(START_TIMEOUT).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended: " + Files.readString(log().toPath()));
            }
            return answers("/actuator/health/readiness");
        });
    }

    private boolean answers(String path) {
        try {
            return Http.get(url(path)).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private Process run() {
        List<String> command = new ArrayList<>(List.of(java(), "-Xmx256m"));
        command.addAll(JVM_OPTIONS);
        command.addAll(program);
        command.add("--server.port=" + port);
        command.addAll(settings);
        return run(command, log());
    }

    private static Process run(List<String> command, File log) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
            STARTED.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private File log() {
        return Path.of("target", name + "-" + port + ".log").toFile();
    }

    private void awaitExit() {
        awaitExit(process, name, STOP_TIMEOUT);
    }

    private static void awaitExit(Process process, String name, Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " did not end within " + timeout);
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
