package io.webanalytics.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A real {@code redis-server} process on a free port of 127.0.0.1, with the persistence that the queue requires: every
 * write is in the append-only file before it is acknowledged, and nothing is evicted. Runs on Linux and macOS.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private static final int FIRST_PORT = 12_768;
    private static final int LAST_PORT = 32_767;
    private static final int BUS_OFFSET = 10_000;

    private final Path scratch;
    private final Path data;
    private final Path executable;
    private final int port;
    private final List<String> settings;
    private ProcessHandle process;

    private EmbeddedRedis(@Nullable Path dataDir, List<String> settings) throws IOException {
        this.scratch = Files.createTempDirectory("embedded-redis-");
        this.data = Files.createDirectories((dataDir == null ? scratch : dataDir).resolve("redis"));
        this.executable = ExecutableProvider.newJarResourceProvider(scratch.toFile())
                .get()
                .toPath();
        this.port = freePort();
        this.settings = settings;
        try {
            this.process = launch();
        } catch (IOException e) {
            DeleteTree.delete(scratch);
            throw e;
        }
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param dataDir the folder of data that outlives this process, or null to delete the data with the server
     * @param settings further lines of {@code redis.conf}, which take precedence, each as {@code --name value}
     * @throws UncheckedIOException if it does not start within 20 s
     */
    public static EmbeddedRedis start(@Nullable Path dataDir, String... settings) {
        try {
            return new EmbeddedRedis(dataDir, List.of(settings));
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded Redis did not start: " + e.getMessage(), e);
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Returns the server's process, for tests that pause it. */
    public ProcessHandle process() {
        return process;
    }

    /** Kills the server as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Starts the server again, on the same port and with the data of its append-only file. */
    public void restart() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded Redis did not start again: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        awaitExit();
        DeleteTree.delete(scratch);
    }

    /**
     * Starts Redis as a daemon, so that Ctrl-C in a terminal reaches the services but not Redis, which they need until
     * they have stopped.
     */
    private ProcessHandle launch() throws IOException {
        Path pidFile = scratch.resolve("redis.pid");
        Path log = scratch.resolve("redis.log");
        Files.deleteIfExists(pidFile);
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(List.of("--daemonize", "yes", "--pidfile", pidFile.toString(), "--logfile", log.toString()));
        command.addAll(List.of("--bind", "127.0.0.1", "--port", String.valueOf(port), "--dir", data.toString()));
        command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always", "--save", ""));
        command.addAll(List.of("--maxmemory-policy", "noeviction"));
        for (String setting : settings) {
            command.addAll(List.of(setting.split(" ", 2)));
        }
        Path output = scratch.resolve("redis.out");
        Process launcher = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            if (!launcher.isAlive() && launcher.exitValue() != 0) {
                throw new IOException("redis-server ended at once: " + tail(output));
            }
            if (answers()) {
                return daemon(pidFile).orElseThrow(() -> new IOException("redis-server ended at once"));
            }
            pause();
        }
        daemon(pidFile).ifPresent(ProcessHandle::destroyForcibly);
        throw new IOException("no answer after " + START_TIMEOUT.toSeconds() + " s; " + tail(log));
    }

    private static Optional<ProcessHandle> daemon(Path pidFile) throws IOException {
        return Files.exists(pidFile)
                ? ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                : Optional.empty();
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            socket.setSoTimeout(500);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] reply = socket.getInputStream().readNBytes(5);
            return new String(reply, StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitExit() {
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        try {
            while (!hasEnded()) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("still there after " + STOP_TIMEOUT.toSeconds() + " s");
                }
                pause();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    /**
     * Whether the server runs no more and its port is free. Its process may be there for seconds longer: it is a child of init,
     * which may be slow to reap it. Such a process has no command.
     */
    private boolean hasEnded() {
        return process.info().command().isEmpty() && isFree(port);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String tail(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "it wrote no log";
        }
        List<String> lines = Files.readAllLines(log);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    /**
     * Returns a port that stays free while the server is down, since systems give higher ports to outgoing connections.
     * So does the port 10,000 above it, on which the node of a cluster listens too.
     */
    private static int freePort() {
        IntStream random = ThreadLocalRandom.current().ints(FIRST_PORT, LAST_PORT - BUS_OFFSET + 1);
        return random.filter(port -> isFree(port) && isFree(port + BUS_OFFSET))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
