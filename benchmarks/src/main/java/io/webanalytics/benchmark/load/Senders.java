package io.webanalytics.benchmark.load;

import io.webanalytics.benchmark.Command;
import io.webanalytics.benchmark.load.Load.LoadResult;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Sends a closed load by {@code wrk} or {@code redis-benchmark} if that is installed, otherwise by the bundled client. */
public final class Senders {

    private final boolean wrk = Command.isInstalled(Wrk.PROGRAM);
    private final boolean redisBenchmark = Command.isInstalled(RedisBenchmark.PROGRAM);

    /**
     * @param connections each of them sends the next request when it has its answer
     * @param seconds the approximate duration
     */
    public Rate send(InetSocketAddress server, Protocol protocol, int connections, int seconds)
            throws IOException, InterruptedException {
        if (wrk && protocol instanceof HttpPost post) {
            return Wrk.send(server, post, connections, seconds);
        }
        if (redisBenchmark && protocol instanceof Lpush lpush) {
            return RedisBenchmark.send(server, lpush, connections, seconds);
        }
        LoadResult result = Load.closed(server, protocol, connections, seconds);
        return new Rate(result.acknowledged(), 0, result.seconds());
    }

    /** Describes the load generators, for the description of the machine. */
    public String describe() {
        return "HTTP: " + (wrk ? Command.firstLine(Wrk.PROGRAM, "-v").split(" \\[")[0] : "bundled") + "; `LPUSH`: "
                + (redisBenchmark ? Command.firstLine(RedisBenchmark.PROGRAM, "--version") : "bundled")
                + "; at a fixed rate: bundled";
    }
}
