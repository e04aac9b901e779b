package io.webanalytics.system.crash;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.webanalytics.system.Service;
import io.webanalytics.testing.Http;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Repeatedly checks whether the ledger balances: it asks a processor, and Redis with an equation of its own. A failed request
 * is no sample.
 */
final class LedgerSampler implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final JsonMapper JSON = new JsonMapper();

    /** accepted - settled - discarded - dead - in flight - queued. */
    private static final String EQUATION = """
            local figure = function(name) return tonumber(redis.call('HGET', KEYS[1] .. ':ledger', name) or 0) end
            local held = 0
            for _, key in ipairs(redis.call('KEYS', KEYS[1] .. ':inflight:*')) do
              held = held + redis.call('LLEN', key)
            end
            return figure('accepted') - figure('settled') - figure('discarded')
              - redis.call('XLEN', KEYS[1] .. ':dead') - held - redis.call('LLEN', KEYS[1])
            """;

    private final List<Service> processors;
    private final RedisClient client;
    private final List<Thread> threads;
    private final AtomicInteger samplesOfProcessors = new AtomicInteger();
    private final AtomicInteger samplesOfRedis = new AtomicInteger();
    private final AtomicInteger unbalanced = new AtomicInteger();
    private StatefulRedisConnection<String, String> redis;
    private int turn;
    private volatile boolean stopped;

    LedgerSampler(List<Service> processors, String redisUrl) {
        this.processors = processors;
        RedisURI uri = RedisURI.create(redisUrl);
        uri.setTimeout(TIMEOUT);
        this.client = RedisClient.create(uri);
        this.threads = List.of(
                new Thread(() -> sample(samplesOfProcessors, this::askProcessor), "ledger-of-processors"),
                new Thread(() -> sample(samplesOfRedis, this::askRedis), "ledger-of-redis"));
        threads.forEach(Thread::start);
    }

    int samplesOfProcessors() {
        return samplesOfProcessors.get();
    }

    int samplesOfRedis() {
        return samplesOfRedis.get();
    }

    int unbalanced() {
        return unbalanced.get();
    }

    private void sample(AtomicInteger samples, Supplier<Boolean> question) {
        while (!stopped) {
            Boolean balanced = question.get();
            if (balanced != null) {
                samples.incrementAndGet();
                unbalanced.addAndGet(balanced ? 0 : 1);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Asks the processors in turn. */
    private Boolean askProcessor() {
        Service processor = processors.get(turn++ % processors.size());
        try {
            HttpResponse<String> response =
                    Http.send(HttpRequest.newBuilder(URI.create(processor.url("/ledger"))), TIMEOUT);
            if (response.statusCode() != 200) {
                return null;
            }
            JsonNode ledger = JSON.readTree(response.body());
            long sum = 0;
            for (String figure : List.of("settled", "discarded", "dead", "in_flight", "queued")) {
                sum += ledger.get(figure).asLong();
            }
            return ledger.get("balanced").asBoolean()
                    && sum == ledger.get("accepted").asLong();
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    private Boolean askRedis() {
        try {
            if (redis == null) {
                redis = client.connect();
            }
            Long difference = redis.sync().eval(EQUATION, ScriptOutputType.INTEGER, "events:{0}");
            return difference == 0;
        } catch (RedisException e) {
            return null;
        }
    }

    @Override
    public void close() {
        stopped = true;
        Threads.joinAll(threads);
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
