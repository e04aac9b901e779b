package io.webanalytics.benchmark.load;

import io.webanalytics.benchmark.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;

/** The load generator {@code wrk}, with the requests that the bundled client would send. */
final class Wrk {

    static final String PROGRAM = "wrk";
    private static final String SCRIPT = "benchmarks/wrk.lua";
    private static final Path BODIES = Path.of("benchmarks", "target", "bodies");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The share of requests that may be refused: on a busy machine, Redis sometimes takes too long, which is a 503. */
    private static final double BORNE = 0.01;

    private Wrk() {}

    static Rate send(InetSocketAddress server, HttpPost post, int connections, int seconds)
            throws IOException, InterruptedException {
        ByteArrayOutputStream bodies = new ByteArrayOutputStream();
        for (byte[] body : post.bodies()) {
            bodies.writeBytes(body);
            bodies.write('\n');
        }
        Files.write(BODIES, bodies.toByteArray());
        List<String> command = new ArrayList<>(List.of(
                PROGRAM,
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + seconds + "s",
                "--timeout=10s",
                "--script=" + SCRIPT));
        post.headers().forEach(header -> command.add("--header=" + header));
        command.addAll(List.of(
                "http://" + server.getHostString() + ":" + server.getPort() + post.path(), "--", BODIES.toString()));
        String output = Command.output(PATIENCE.plusSeconds(seconds), command.toArray(String[]::new));
        MatchResult counts = Command.find(output, "requests (\\d+) refused (\\d+) errors (\\d+) microseconds (\\d+)");
        long requests = Long.parseLong(counts.group(1));
        long refused = Long.parseLong(counts.group(2));
        if (!counts.group(3).equals("0") || refused > connections + requests * BORNE) {
            throw new IllegalStateException("POST " + post.path() + ": " + output);
        }
        return new Rate(
                (requests - refused) * post.events(),
                (connections + refused) * post.events(),
                Long.parseLong(counts.group(4)) / 1e6);
    }
}
