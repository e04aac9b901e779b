package io.webanalytics.queue;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis, or to a Redis Cluster. It is opened in the background. While there is none, commands fail at
 * once. A command in flight when the connection breaks fails too, and is never sent again.
 *
 * <p>In a cluster each partition has a link of its own, since the replies of one master say nothing about another.
 */
public final class RedisLink implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(100);

    /** More than it takes to connect to all nodes of a cluster. A longer attempt was lost to an {@link Error}. */
    private static final Duration LOST_AFTER = Duration.ofSeconds(30);

    private static final int MAX_WAITING_COMMANDS = 4096;
    private static final long HEARD = Long.MIN_VALUE;

    /** A connection is replaced when it answered nothing for so long although commands were sent. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(3).toNanos();

    private final AbstractRedisClient client;
    private final Duration timeout;
    private final AtomicLong silentSince = new AtomicLong(HEARD);
    private CompletableFuture<StatefulConnection<byte[], byte[]>> connection;
    private boolean closed;

    /**
     * @param client made with the options of {@link #configure}
     * @param timeout how long a command may take
     */
    public RedisLink(AbstractRedisClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
        this.connection = open(Duration.ZERO);
    }

    /** The client options that the queue relies on. */
    public static void configure(ClientOptions.Builder options) {
        options.autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true) // true: filtered out
                .requestQueueSize(MAX_WAITING_COMMANDS)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build()) // every call has its own
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(KeepAliveOptions.builder()
                                .enable()
                                .idle(Duration.ofSeconds(5))
                                .interval(Duration.ofSeconds(2))
                                .count(3)
                                .build())
                        .build());
    }

    /** Makes the client reconnect within a second of Redis coming back, however long it was away. */
    public static void configure(ClientResources.Builder resources) {
        resources.reconnectDelay(
                Delay.exponential(Duration.ofMillis(10), Duration.ofSeconds(1), 2, TimeUnit.MILLISECONDS));
    }

    /** How long a command may take. */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Waits for the first connection.
     *
     * @return whether there is one
     */
    public boolean awaitConnection(Duration atMost) throws InterruptedException {
        try {
            current().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /**
     * Returns the interface for sending commands.
     *
     * @throws QueueException at once if there is no connection yet
     */
    RedisClusterAsyncCommands<byte[], byte[]> commands() {
        StatefulConnection<byte[], byte[]> open = opened();
        return open instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster
                ? cluster.async()
                : ((StatefulRedisConnection<byte[], byte[]>) open).async();
    }

    /**
     * Returns the interface for querying the server that has a key about itself. In a cluster, {@link #commands} sends
     * a command without a key to any node, which may be another one, and away.
     *
     * @throws QueueException at once if there is no connection yet
     */
    CompletionStage<? extends RedisClusterAsyncCommands<byte[], byte[]>> server(byte[] key) {
        if (!(opened() instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster)) {
            return CompletableFuture.completedStage(commands());
        }
        RedisURI uri = master(cluster, key).getUri();
        return cluster.getConnectionAsync(uri.getHost(), uri.getPort()).thenApply(StatefulRedisConnection::async);
    }

    /**
     * Returns a name for the server that has a key. Other servers have other names.
     *
     * @throws QueueException at once if there is no connection yet
     */
    String serverName(byte[] key) {
        return opened() instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster
                ? master(cluster, key).getNodeId()
                : "the only one";
    }

    private static RedisClusterNode master(StatefulRedisClusterConnection<byte[], byte[]> cluster, byte[] key) {
        int slot = SlotHash.getSlot(key);
        RedisClusterNode master = cluster.getPartitions().getMasterBySlot(slot);
        if (master == null) {
            throw QueueException.notConnected(new IllegalStateException("no master has slot " + slot));
        }
        return master;
    }

    private StatefulConnection<byte[], byte[]> opened() {
        StatefulConnection<byte[], byte[]> open;
        try {
            open = current().getNow(null);
        } catch (RuntimeException e) {
            throw QueueException.notConnected(e);
        }
        if (open == null) {
            throw QueueException.notConnected(new IllegalStateException("the first connection is being opened"));
        }
        return open;
    }

    /** Returns the connection, or its last attempt; starts another attempt where the last one failed. */
    private synchronized CompletableFuture<StatefulConnection<byte[], byte[]>> current() {
        CompletableFuture<StatefulConnection<byte[], byte[]>> last = connection;
        if (last.isCompletedExceptionally() && !closed) {
            connection = open(RETRY_PAUSE);
        }
        return last;
    }

    /** Notes that Redis answered. */
    void heard() {
        silentSince.set(HEARD);
    }

    /**
     * Notes that a command failed. Opens another connection where the present one does not recover: its other end went
     * away without closing it, or became a replica.
     */
    QueueException failed(Throwable failure) {
        QueueException exception = QueueException.of(failure);
        noteFailure(exception.getCause());
        return exception;
    }

    private void noteFailure(@Nullable Throwable failure) {
        if (isReadOnly(failure)) {
            reopen();
        } else if (failure instanceof RedisCommandTimeoutException || failure instanceof TimeoutException) {
            long now = System.nanoTime();
            silentSince.compareAndSet(HEARD, now);
            long since = silentSince.get();
            if (since != HEARD && now - since > SILENCE_NANOS && silentSince.compareAndSet(since, HEARD)) {
                reopen();
            }
        }
    }

    /** Whether the server became a replica. For a script, Redis 6 has this error code only within its message. */
    private static boolean isReadOnly(@Nullable Throwable failure) {
        return failure instanceof RedisReadOnlyException
                || (failure instanceof RedisCommandExecutionException
                        && String.valueOf(failure.getMessage()).contains("-READONLY "));
    }

    private synchronized void reopen() {
        if (connection.isDone() && !closed) {
            CompletableFuture<StatefulConnection<byte[], byte[]>> old = connection;
            connection = open(RETRY_PAUSE);
            old.thenAccept(StatefulConnection::closeAsync);
        }
    }

    /** Connects on a thread of its own, since connecting may block. */
    private CompletableFuture<StatefulConnection<byte[], byte[]>> open(Duration delay) {
        Executor ownThread = task -> {
            Thread thread = new Thread(task, "redis-connect");
            thread.setDaemon(true);
            thread.start();
        };
        CompletableFuture<StatefulConnection<byte[], byte[]>> attempt = CompletableFuture.supplyAsync(
                this::connect, CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, ownThread));
        CompletableFuture<StatefulConnection<byte[], byte[]>> inTime =
                attempt.copy().orTimeout(LOST_AFTER.toSeconds(), TimeUnit.SECONDS);
        attempt.thenAccept(late -> {
            if (inTime.isCompletedExceptionally()) {
                late.closeAsync();
            }
        });
        return inTime;
    }

    private StatefulConnection<byte[], byte[]> connect() {
        return client instanceof RedisClusterClient cluster
                ? connect(cluster)
                : ((RedisClient) client).connect(ByteArrayCodec.INSTANCE);
    }

    /** Asks for the masters first: a replica may have replaced a master that hangs, which breaks no connection. */
    private static StatefulConnection<byte[], byte[]> connect(RedisClusterClient cluster) {
        cluster.refreshPartitions();
        return cluster.connect(ByteArrayCodec.INSTANCE);
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            connection.thenCompose(StatefulConnection::closeAsync).get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // There was no connection, or it goes down with the client.
        }
    }
}
