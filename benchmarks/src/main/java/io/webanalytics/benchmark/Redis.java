package io.webanalytics.benchmark;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.webanalytics.embedded.EmbeddedRedis;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Redis that {@code REDIS_URL} names, or the embedded one, with the durability that the project asks for. A given Redis
 * must be empty at the start. At the end it is empty again, and has its settings back.
 */
public final class Redis implements AutoCloseable {

    private static final int UNANSWERED_MILLIS = 500; // for abandoned requests to finish
    private static final String FSYNC = "appendfsync";
    private static final String REWRITE = "auto-aof-rewrite-percentage";

    private final @Nullable EmbeddedRedis embedded;
    private final String url;
    private final RedisClient client;
    private final RedisCommands<String, String> commands;
    private final String fsync;
    private final String rewrite;
    private boolean closed;

    private Redis(@Nullable EmbeddedRedis embedded, String url) {
        this.embedded = embedded;
        this.url = url;
        client = RedisClient.create(url);
        commands = client.connect().sync();
        try {
            refuseUnfit();
            fsync = setting(FSYNC);
            rewrite = setting(REWRITE);
        } catch (RuntimeException e) {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
            throw e;
        }
        appendfsync("always");
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    static Redis open() {
        String url = System.getenv("REDIS_URL");
        if (url != null && !url.isBlank()) {
            return new Redis(null, url);
        }
        EmbeddedRedis embedded = EmbeddedRedis.start(null);
        return new Redis(embedded, embedded.url());
    }

    private void refuseUnfit() {
        RedisURI uri = RedisURI.create(url);
        if (uri.isSsl() || uri.getDatabase() != 0 || uri.getCredentialsProvider() != null && url.contains("@")) {
            throw new IllegalArgumentException("REDIS_URL must be redis://HOST:PORT, for redis-benchmark's sake");
        }
        if (commands.info("keyspace").contains("db")) {
            throw new IllegalStateException("The Redis at " + url + " is not empty: give one that nobody else uses");
        }
        if (!setting("appendonly").equals("yes")) {
            throw new IllegalStateException(
                    "The Redis at " + url + " keeps nothing on disk: start it with --appendonly yes");
        }
    }

    private String setting(String name) {
        return commands.configGet(name).getOrDefault(name, "");
    }

    public String url() {
        return url;
    }

    public InetSocketAddress address() {
        RedisURI uri = RedisURI.create(url);
        return new InetSocketAddress(uri.getHost(), uri.getPort());
    }

    /** Deletes everything: the benchmark is the only user. */
    public void empty() {
        commands.flushall();
    }

    /** Sets the fields of a hash. */
    public void put(String hash, Map<String, String> fields) {
        commands.hset(hash, fields);
    }

    /**
     * Checks that a list has every event that was acknowledged, and none that was not sent.
     *
     * @param unanswered most events that were sent beside these, and may be in the list or not
     */
    public void check(String list, long acknowledged, long unanswered) throws InterruptedException {
        if (unanswered > 0) {
            Thread.sleep(UNANSWERED_MILLIS);
        }
        long queued = commands.llen(list);
        if (queued < acknowledged || queued > acknowledged + unanswered) {
            throw new IllegalStateException(acknowledged + " acknowledged, " + queued + " in Redis");
        }
    }

    /** @param value the setting {@code appendfsync}, such as {@code always} */
    public void appendfsync(String value) {
        commands.configSet(FSYNC, value);
    }

    /** Sets whether Redis may rewrite its append-only file, which would disturb some of the measurements. */
    public void rewrites(boolean may) {
        commands.configSet(REWRITE, may ? rewrite : "0");
    }

    /** Describes the server in its own words. */
    String engine() {
        return (embedded == null ? "given" : "embedded") + ", version "
                + Command.find(commands.info("server"), "redis_version:(\\S+)").group(1);
    }

    /** Runs at shutdown, also of an interrupted benchmark: first ends the programs that still write to Redis. */
    private void stop() {
        Program.endAll();
        close();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            empty();
            appendfsync(fsync);
            rewrites(true);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
            if (embedded != null) {
                embedded.close();
            }
        }
    }
}
