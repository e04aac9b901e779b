package io.webanalytics.benchmark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own, which ends with the benchmark. */
public final class Program implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);
    private static final Duration COLLECTION_TIMEOUT = Duration.ofSeconds(20);
    private static final int POLL_MILLIS = 50;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    private final Process process;
    private final File log;

    private Program(ProcessBuilder builder, File log) throws IOException {
        this.log = log;
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        RUNNING.add(process);
    }

    static Program start(ProcessBuilder builder, Path output) throws IOException {
        return new Program(builder, output.toFile());
    }

    private static Program logged(ProcessBuilder builder, String name) throws IOException {
        return start(builder, Path.of("benchmarks", "target", name + ".log"));
    }

    /** Kills all programs: nothing of an interrupted benchmark goes on. */
    static void endAll() {
        RUNNING.forEach(Process::destroyForcibly);
        RUNNING.forEach(process ->
                process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join());
    }

    /**
     * Starts a main class that is in the runnable jar of the benchmarks.
     *
     * @param options of the JVM
     */
    public static Program java(Class<?> main, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of(
                "-Dloader.main=" + main.getName(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.springframework.boot.loader.launch.PropertiesLauncher"));
        command.addAll(List.of(arguments));
        return logged(new ProcessBuilder(command), main.getSimpleName());
    }

    /**
     * Starts a runnable jar.
     *
     * @param java the JVM's executable
     * @param options of the JVM
     */
    public static Program jar(String java, List<String> options, Path jar, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return logged(new ProcessBuilder(command), jar.getFileName().toString());
    }

    /** Starts a script of the baseline. */
    public static Program node(String script, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("node", script)
                .directory(Path.of("benchmarks", "baseline-node").toFile());
        builder.environment().put("NODE_ENV", "production");
        builder.environment().putAll(environment);
        return logged(builder, script);
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until the program accepts connections. */
    public Program awaitListening(int port) throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            mustRun();
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), POLL_MILLIS);
                return this;
            } catch (IOException e) {
                Thread.sleep(POLL_MILLIS);
            }
        }
        throw new IllegalStateException("It does not listen, see " + log);
    }

    public void mustRun() {
        if (!process.isAlive()) {
            throw new IllegalStateException("It ended, see " + log);
        }
    }

    /** Returns whether the program ends in time. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns the resident memory of the process, in MiB; not a number where there is no {@code /proc}. */
    public double residentMegabytes() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Double.parseDouble(Command.find(Files.readString(status), "VmRSS:\\s+(\\d+) kB")
                        .group(1))
                / 1_024;
    }

    /** Runs a full garbage collection in the program: a JVM of the JDK that runs this. */
    public void collectGarbage() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Command.output(COLLECTION_TIMEOUT, jcmd, String.valueOf(process.pid()), "GC.run");
    }

    /** Returns the CPU time that the process has used, in seconds; not a number where the system does not report it. */
    public double processorSeconds() {
        return process.info()
                .totalCpuDuration()
                .map(used -> used.toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        stop(STOP_TIMEOUT);
    }

    /** Asks the program to end, and kills it if it has not ended in time. */
    public void stop(Duration patience) {
        process.destroy();
        try {
            if (awaitEnd(patience)) {
                RUNNING.remove(process);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
