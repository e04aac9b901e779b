package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Command;
import io.webanalytics.benchmark.Program;
import io.webanalytics.benchmark.Redis;
import io.webanalytics.benchmark.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A service in a process of its own, with its default settings, ready for requests. */
final class RunningService implements AutoCloseable {

    /** The name of its database. */
    static final String DATABASE = "bench-system";

    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
    private static final int POLL_MILLIS = 10;

    private final Program program;
    private final int port;
    private final double secondsToStart;

    private RunningService(Program program, int port) throws IOException, InterruptedException {
        this.program = program;
        this.port = port;
        this.secondsToStart = awaitReady();
    }

    interface Start {
        Program with(String... arguments) throws IOException;
    }

    static RunningService start(Service service, Jvm jvm, Redis redis, Store store)
            throws IOException, InterruptedException {
        return start(service, arguments -> jvm.start(service, arguments), redis, store);
    }

    static RunningService start(Service service, Start start, Redis redis, Store store)
            throws IOException, InterruptedException {
        int port = Program.freePort();
        Program program = start.with(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--spring.data.redis.url=" + redis.url(),
                "--spring.mongodb.uri=" + store.uri(DATABASE));
        try {
            return new RunningService(program, port);
        } catch (Exception e) {
            program.close();
            throw e;
        }
    }

    /** Waits until the service is ready. Returns the time that this took, in seconds. */
    private double awaitReady() throws IOException, InterruptedException {
        long started = System.nanoTime();
        while (System.nanoTime() - started < START_TIMEOUT.toNanos()) {
            program.mustRun();
            try {
                if (ServiceClient.get(url("/actuator/health/readiness")).statusCode() == 200) {
                    return (System.nanoTime() - started) / 1e9;
                }
            } catch (IOException e) {
                // the service does not listen yet
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new IllegalStateException("It is not ready after " + START_TIMEOUT + ": " + url(""));
    }

    /** Returns the time from the start of the process until it was ready. */
    double secondsToStart() {
        return secondsToStart;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Returns the body of a response, whose status must be 200. */
    String get(String path) throws IOException, InterruptedException {
        return ServiceClient.mustBe(200, ServiceClient.get(url(path)));
    }

    Program program() {
        return program;
    }

    /** Returns the size of the old generation after a full garbage collection, in MiB. */
    double liveHeap() throws IOException, InterruptedException {
        program.collectGarbage();
        String metrics = get("/actuator/prometheus");
        return metric(metrics, "jvm_memory_usage_after_gc\\{[^}]*}")
                * metric(metrics, "jvm_memory_max_bytes\\{[^}]*id=\"(?:G1 Old Gen|Tenured Gen|PS Old Gen)\"[^}]*}")
                / (1 << 20);
    }

    private static double metric(String metrics, String regex) {
        return Double.parseDouble(Command.find(metrics, regex + " (\\S+)").group(1));
    }

    @Override
    public void close() {
        program.close();
    }
}
