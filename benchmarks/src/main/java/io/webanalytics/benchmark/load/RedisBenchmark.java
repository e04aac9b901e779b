package io.webanalytics.benchmark.load;

import io.webanalytics.benchmark.Command;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code LPUSH} by {@code redis-benchmark}, which takes a number of requests, not a duration, and repeats a single event. */
final class RedisBenchmark {

    static final String PROGRAM = "redis-benchmark";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int TO_FIND_OUT = 1_000; // requests per connection

    private RedisBenchmark() {}

    static Rate send(InetSocketAddress server, Lpush lpush, int connections, int seconds)
            throws IOException, InterruptedException {
        Rate first = run(server, lpush, connections, TO_FIND_OUT * connections);
        int events = (int) (first.perSecond() * seconds);
        Rate rate = run(server, lpush, connections, events - events % lpush.pipeline());
        return new Rate(first.acknowledged() + rate.acknowledged(), 0, first.seconds() + rate.seconds());
    }

    private static Rate run(InetSocketAddress server, Lpush lpush, int connections, int events)
            throws IOException, InterruptedException {
        String output = Command.output(
                PATIENCE,
                PROGRAM,
                "-h",
                server.getHostString(),
                "-p",
                String.valueOf(server.getPort()),
                "-c",
                String.valueOf(connections),
                "-n",
                String.valueOf(events),
                "-P",
                String.valueOf(lpush.pipeline()),
                "-q",
                "LPUSH",
                Lpush.LIST,
                new String(Payloads.event(0), StandardCharsets.US_ASCII));
        String perSecond = Command.find(output, "([0-9.]+) requests per second").group(1);
        return new Rate(events, 0, events / Double.parseDouble(perSecond));
    }
}
