package io.webanalytics.processor.access;

import io.webanalytics.model.Outage;
import io.webanalytics.queue.RegistryChannel;
import io.webanalytics.queue.RegistryChannel.Published;
import io.webanalytics.rollup.build.ServerClock;
import io.webanalytics.service.access.RegistrySource;
import io.webanalytics.service.mongo.MongoRegistry;
import io.webanalytics.sites.KeyScope;
import io.webanalytics.sites.Registry;
import io.webanalytics.sites.RegistryFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * The registry in MongoDB. Each time it is read, it is published in Redis for ingestion, if that has another one. The keys that
 * only read stay here: ingestion does not need them. The days on which ingestion saw keys are taken over to MongoDB.
 */
final class PublishingRegistry implements RegistrySource {

    /** The longest that it may take from the reading of MongoDB's clock to publishing: longer, and another processor is ahead. */
    private static final Duration STALE = Duration.ofSeconds(10);

    private final MongoRegistry mongo;
    private final RegistryChannel channel;
    private final ServerClock clock;
    private final Outage outage;
    private Map<String, LocalDate> takenOver = Map.of();

    PublishingRegistry(MongoRegistry mongo, RegistryChannel channel, ServerClock clock, Outage outage) {
        this.mongo = mongo;
        this.channel = channel;
        this.clock = clock;
        this.outage = outage;
    }

    /**
     * Reads the registry. If it cannot be published, it is read all the same, and published next time.
     *
     * @throws com.mongodb.MongoException if MongoDB fails
     */
    @Override
    public Registry read() {
        long begun = System.nanoTime();
        Instant asOf = clock.now();
        Registry registry = mongo.read();
        try {
            if (System.nanoTime() - begun < STALE.toNanos()) {
                publish(registry, asOf);
            }
            takeOverUses();
            outage.worked();
        } catch (RuntimeException e) { // the registry is known here all the same
            outage.failed(String.valueOf(e.getMessage()));
        }
        return registry;
    }

    private void publish(Registry registry, Instant asOf) {
        byte[] content = RegistryFormat.encode(new Registry(
                registry.sites(),
                registry.keys().stream()
                        .filter(key -> key.scope() != KeyScope.READ)
                        .toList()));
        String version = RegistryFormat.version(content);
        if (!channel.confirm(version, asOf)) {
            channel.publish(new Published(version, content), asOf);
        }
    }

    /**
     * Notes in MongoDB what Redis has and was not noted yet. An entry of the day before yesterday, or older, is removed: no
     * ingestion service can be about to replace it.
     */
    private void takeOverUses() {
        Map<String, LocalDate> used = channel.used();
        Map<String, LocalDate> news = new HashMap<>(used);
        news.entrySet().removeAll(takenOver.entrySet());
        if (!news.isEmpty()) {
            mongo.used(news);
        }
        takenOver = used;
        LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        channel.forgetUsed(used.keySet().stream()
                .filter(prefix -> used.get(prefix).isBefore(yesterday))
                .toList());
    }

    @Override
    public void used(Map<String, LocalDate> days) {
        mongo.used(days);
    }
}
