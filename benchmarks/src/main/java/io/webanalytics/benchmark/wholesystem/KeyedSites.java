package io.webanalytics.benchmark.wholesystem;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.benchmark.Redis;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.rollup.build.RollupBuilder;
import io.webanalytics.rollup.build.ServerClock;
import io.webanalytics.sites.ApiKey;
import io.webanalytics.sites.KeyScope;
import io.webanalytics.sites.KeyToken;
import io.webanalytics.sites.Registry;
import io.webanalytics.sites.RegistryFormat;
import io.webanalytics.sites.Site;
import io.webanalytics.store.EventStore;
import io.webanalytics.store.sites.KeyDetails;
import io.webanalytics.store.sites.KeyStore;
import io.webanalytics.store.sites.SiteStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;

/** A thousand sites with a key each, in MongoDB and published in Redis. One of them has a day with some events, rolled up. */
final class KeyedSites {

    static final int COUNT = 1_000;
    static final int EVENTS = 50;

    /** The day that has the events. */
    static final String DAY = "2025-11-12";

    private static final String SENDING = "site-abc-123"; // the site of the load
    private static final String READ = "site-read";
    private static final Instant START_OF_DAY = Instant.parse(DAY + "T00:00:00Z");

    private final List<Site> sites = new ArrayList<>();
    private final List<ApiKey> keys = new ArrayList<>();
    private final String sender;
    private final String reader;

    KeyedSites() {
        sender = add(SENDING, KeyScope.WRITE);
        reader = add(READ, KeyScope.READ);
        for (int i = sites.size(); i < COUNT; i++) {
            add("site-" + i, KeyScope.WRITE);
        }
    }

    private String add(String site, KeyScope scope) {
        KeyToken token = KeyToken.random();
        sites.add(new Site(site, site, "UTC", List.of(), null, false, START_OF_DAY));
        keys.add(new ApiKey(token.prefix(), token.hash(), scope, List.of(site), null));
        return "Authorization: Bearer " + token.reveal();
    }

    /** Returns the header with the key of a sender of the load's events. */
    String sender() {
        return sender;
    }

    /** Returns the header with the key of a reader of {@link #report}. */
    String reader() {
        return reader;
    }

    /** Returns the report of the day, whose views are {@link #EVENTS}. */
    String report() {
        return "/stats?site_id=" + READ + "&date=" + DAY;
    }

    void publish(Redis redis) {
        byte[] content = RegistryFormat.encode(new Registry(sites, keys));
        redis.put(
                "registry",
                Map.of(
                        "version",
                        RegistryFormat.version(content),
                        "content",
                        new String(content, StandardCharsets.UTF_8)));
    }

    void store(MongoDatabase database) {
        SiteStore siteStore = new SiteStore(database);
        KeyStore keyStore = new KeyStore(database);
        sites.forEach(siteStore::add);
        keys.forEach(key -> keyStore.add(new KeyDetails(key, key.prefix(), START_OF_DAY, null, null)));
    }

    void storeDay(MongoDatabase database) throws InterruptedException {
        new EventStore(database).ensureIndex();
        DirtyHours dirty = new DirtyHours(database);
        dirty.ensureIndex();
        List<Instant> times = IntStream.range(0, EVENTS)
                .mapToObj(i ->
                        START_OF_DAY.plus(Duration.ofDays(1).multipliedBy(i).dividedBy(EVENTS)))
                .toList();
        database.getCollection("events")
                .insertMany(times.stream().map(KeyedSites::view).toList());
        dirty.mark(
                times.stream().map(time -> Bucket.hour(READ, time)).distinct().toList());
        ServerClock clock = new ServerClock(database);
        Thread.sleep(2); // so that all marks are in the past
        clock.read();
        RollupBuilder builder = new RollupBuilder(database, dirty, clock, Duration.ZERO);
        while (builder.waiting().hours() > 0) {
            builder.buildSome(() -> false);
        }
    }

    private static Document view(Instant time) {
        return new Document("site_id", READ)
                .append("event_type", "page_view")
                .append("path", "/articles/" + time.getEpochSecond() % 7)
                .append("user_id", "user-" + time.getEpochSecond() % 11)
                .append("timestamp", Date.from(time));
    }
}
