package io.webanalytics.rollup.build;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketContent;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.Built;
import io.webanalytics.rollup.build.RollupBuilder.Progress;
import io.webanalytics.testing.TestServers.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A database of its own, with events and rollups. */
final class RollupFixture implements AutoCloseable {

    static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LEASE = Duration.ofMinutes(1);

    final MongoDatabase database;
    private final MongoClient client;
    private final BucketHeads heads;
    private final BucketParts parts;
    private final ServerClock clock;

    RollupFixture(Server server) {
        client = MongoClients.create(server.url());
        database = client.getDatabase("rollups-" + UUID.randomUUID());
        heads = new BucketHeads(database);
        parts = new BucketParts(database);
        clock = new ServerClock(database);
        heads.ensureIndex();
    }

    void store(String site, String type, String path, String user, String timestamp, @Nullable String referrerHost) {
        Document event = new Document("site_id", site)
                .append("event_type", type)
                .append("path", path)
                .append("user_id", user)
                .append("timestamp", Date.from(Instant.parse(timestamp)));
        if (referrerHost != null) {
            event.append("referrer_host", referrerHost);
        }
        database.getCollection("events").insertOne(event);
    }

    void mark(Bucket... hours) {
        heads.mark(List.of(hours));
    }

    RollupBuilder builder(Duration quiet) {
        return new RollupBuilder(database, clock, quiet);
    }

    /** Builds what was marked before. */
    Progress build() {
        Instant marked = clock.read();
        await().until(() -> clock.read().isAfter(marked.plus(SHORT.multipliedBy(2))));
        return builder(SHORT).buildSome(() -> false);
    }

    /** Builds until nothing waits: days mark hours that are missing. */
    void buildAll() {
        while (build().hours() > 0) {}
    }

    void patrolAndBuild() {
        new Patrol(database, clock, SHORT).walk(() -> false);
        buildAll();
    }

    List<BucketHead> lease(Bucket hour) {
        Instant now = clock.read();
        return heads.lease(List.of(hour), "lease", now.plus(LONG), now, LEASE);
    }

    /** Leases an hour if it was marked last before an instant. */
    List<BucketHead> lease(Bucket hour, Instant over) {
        return heads.lease(List.of(hour), "lease", over, clock.read(), LEASE);
    }

    void awaitAfter(Instant instant) {
        await().until(() -> clock.read().isAfter(instant));
    }

    boolean commit(BucketHead head, BucketContent content) {
        Built built = Built.of(head, content);
        parts.insert(built.documents());
        return heads.commit(List.of(built), "lease").contains(head.bucket());
    }

    BucketHead head(Bucket bucket) {
        return Objects.requireNonNull(heads.find(bucket), bucket.id());
    }

    BucketContent content(Bucket bucket) {
        BucketContent content = new BucketContent();
        parts.addTo(content, List.of(head(bucket)));
        return content;
    }

    boolean isBuiltFromItsHours(Bucket day) {
        BucketHead head = head(day);
        return head.hours().size() == Bucket.HOURS_OF_DAY
                && head.isBuiltFrom(heads.between(day.siteId(), Bucket.Unit.HOUR, day.start(), day.end()));
    }

    Verifier.Report verify(Bucket day) {
        return new Verifier(database).verify(day.siteId(), day.start(), day.end());
    }

    List<String> partIds(Bucket bucket) {
        List<String> ids = new ArrayList<>();
        database.getCollection("rollup_parts")
                .find()
                .map(part -> part.getString("_id"))
                .forEach(id -> {
                    if (id.startsWith(bucket.id() + "/")) {
                        ids.add(id);
                    }
                });
        return ids;
    }

    void drop(String collection) {
        database.getCollection(collection).drop();
    }

    Instant now() {
        return clock.read();
    }

    @Override
    public void close() {
        database.drop();
        client.close();
    }
}
