package io.webanalytics.benchmark.load;

import io.webanalytics.benchmark.Latencies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests over a number of connections, from one thread. In a closed load, each connection sends the next request as soon
 * as it has its answer. In an open load, requests are due at fixed times, and wait for a free connection. Their latency counts
 * from the due time, so that a stalled server does not hide the requests that it kept waiting (coordinated omission).
 */
public final class Load {

    private static final int LARGEST_ANSWER = 1 << 16;
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Selectors wait for whole milliseconds. Shorter waits are done in steps of this. */
    private static final long STEP_NANOS = 50_000;

    private final Protocol protocol;
    private final double perSecond;
    private final Latencies latencies = new Latencies();
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private long sent;
    private long acknowledged;
    private long refused;
    private int underWay;

    private Load(Protocol protocol, double perSecond) {
        this.protocol = protocol;
        this.perSecond = perSecond;
    }

    /**
     * The result of a load.
     *
     * @param acknowledged events
     * @param refused requests, if the protocol tolerates that; their events may have been accepted all the same
     * @param seconds from the first request to the last answer
     * @param latencies of the requests, in nanoseconds
     */
    public record LoadResult(long acknowledged, long refused, double seconds, Latencies latencies) {

        public double perSecond() {
            return acknowledged / seconds;
        }
    }

    /** Runs a closed load: as many requests as the server answers. */
    public static LoadResult closed(InetSocketAddress server, Protocol protocol, int connections, int seconds)
            throws IOException {
        return new Load(protocol, Double.POSITIVE_INFINITY).run(server, connections, seconds);
    }

    /** Runs an open load: a fixed number of requests per second. */
    public static LoadResult open(
            InetSocketAddress server, Protocol protocol, int connections, int seconds, double perSecond)
            throws IOException {
        return new Load(protocol, perSecond).run(server, connections, seconds);
    }

    private LoadResult run(InetSocketAddress server, int count, int seconds) throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < count; i++) {
                connections.add(new Connection(selector, server));
            }
            idle.addAll(connections);
            long started = System.nanoTime();
            long end = started + seconds * 1_000_000_000L;
            long giveUp = end + PATIENCE_NANOS;
            for (long now = started; isGoingOn(now, end, seconds) || underWay > 0; now = System.nanoTime()) {
                if (now > giveUp) {
                    throw new IllegalStateException("It does not keep up with the rate");
                }
                long wait = isGoingOn(now, end, seconds) ? sendWhatIsDue(started, now) : NANOS_PER_MILLI;
                await(selector, wait);
            }
            return new LoadResult(acknowledged, refused, (System.nanoTime() - started) / 1e9, latencies);
        } finally {
            for (Connection connection : connections) {
                connection.channel.close();
            }
        }
    }

    /** In an open load every request that is due before the end is sent, even late: those that a slow server delays count. */
    private boolean isGoingOn(long now, long end, int seconds) {
        return Double.isInfinite(perSecond) ? now < end : sent < perSecond * seconds;
    }

    private void await(Selector selector, long nanos) throws IOException {
        if (nanos >= NANOS_PER_MILLI) {
            selector.select(key -> ready((Connection) key.attachment()), nanos / NANOS_PER_MILLI);
        } else if (selector.selectNow(key -> ready((Connection) key.attachment())) == 0) {
            LockSupport.parkNanos(Math.min(nanos, STEP_NANOS));
        }
    }

    /** Returns the time until the next request is due. */
    private long sendWhatIsDue(long started, long now) {
        while (!idle.isEmpty()) {
            boolean closed = Double.isInfinite(perSecond);
            long due = closed ? now : started + (long) (sent / perSecond * 1e9);
            if (due > now) {
                return due - now;
            }
            idle.remove().send(due);
        }
        return NANOS_PER_MILLI;
    }

    private void ready(Connection connection) {
        try {
            connection.proceed();
        } catch (IOException e) {
            throw new IllegalStateException("A connection broke", e);
        }
    }

    private final class Connection {

        private final Selector selector;
        private final InetSocketAddress server;
        private SocketChannel channel;
        private SelectionKey key;
        private final ByteBuffer answer = ByteBuffer.allocate(LARGEST_ANSWER);
        private ByteBuffer request = ByteBuffer.allocate(0);
        private long due;

        Connection(Selector selector, InetSocketAddress server) throws IOException {
            this.selector = selector;
            this.server = server;
            connect();
        }

        private void connect() throws IOException {
            channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send(long dueAt) {
            due = dueAt;
            request = protocol.request(sent++);
            answer.clear();
            underWay++;
            ready(this);
        }

        void proceed() throws IOException {
            if (request.hasRemaining()) {
                channel.write(request);
                key.interestOps(request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                return;
            }
            if (channel.read(answer) < 0) {
                throw new IOException("closed by the server");
            }
            if (protocol.isComplete(answer)) {
                int events = protocol.acknowledged(answer);
                acknowledged += events;
                if (events == 0) {
                    refused++;
                    channel.close(); // the server does so too
                    connect();
                }
                latencies.add(System.nanoTime() - due);
                underWay--;
                idle.add(this);
            }
        }
    }
}
