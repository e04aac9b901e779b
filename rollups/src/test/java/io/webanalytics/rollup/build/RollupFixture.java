package io.webanalytics.rollup.build;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketContent;
import io.webanalytics.rollup.BucketHead;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.Built;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.rollup.build.RollupBuilder.Progress;
import io.webanalytics.testing.TestServers.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** A database of its own, with events and rollups. */
final class RollupFixture implements AutoCloseable {

    static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int MOST_TOGETHER = 2_000;

    final MongoDatabase database;
    private final MongoClient client;
    final BucketHeads heads;
    final DirtyHours dirty;
    private final BucketParts parts;
    final ServerClock clock;

    RollupFixture(Server server) {
        client = MongoClients.create(server.url());
        database = client.getDatabase("rollups-" + UUID.randomUUID());
        heads = new BucketHeads(database);
        dirty = new DirtyHours(database);
        parts = new BucketParts(database);
        clock = new ServerClock(database);
        dirty.ensureIndex();
    }

    void store(
            String site,
            String type,
            String path,
            @Nullable String user,
            String timestamp,
            @Nullable String referrerHost) {
        database.getCollection("events").insertOne(event(site, type, path, user, timestamp, referrerHost));
    }

    /** Stores views of one page by one user at the same time. */
    void storeMany(int events, String timestamp) {
        storeMany(events, timestamp, "/a");
    }

    /** Stores such views of another page. */
    void storeMany(int events, String timestamp, String path) {
        for (int left = events; left > 0; left -= MOST_TOGETHER) {
            database.getCollection("events")
                    .insertMany(Stream.generate(() -> event("s", "page_view", path, "u1", timestamp, null))
                            .limit(Math.min(left, MOST_TOGETHER))
                            .toList());
        }
    }

    private static Document event(
            String site,
            String type,
            String path,
            @Nullable String user,
            String timestamp,
            @Nullable String referrerHost) {
        Document event = new Document("site_id", site)
                .append("event_type", type)
                .append("path", path)
                .append("user_id", user)
                .append("timestamp", Date.from(Instant.parse(timestamp)));
        return referrerHost == null ? event : event.append("referrer_host", referrerHost);
    }

    void mark(Bucket... hours) {
        dirty.mark(List.of(hours));
    }

    RollupBuilder builder(Duration quiet) {
        return new RollupBuilder(database, dirty, clock, quiet);
    }

    /** Builds the hours that were marked before. */
    Progress build() {
        Instant marked = clock.read();
        awaitAfter(marked.plus(SHORT.multipliedBy(2)));
        return builder(SHORT).buildSome(() -> false);
    }

    /** Builds until nothing waits: the build of a day marks hours that lack a bucket. */
    void buildAll() {
        while (build().hours() > 0) {}
    }

    void patrolAndBuild() {
        patrol();
        buildAll();
    }

    int patrol() {
        return newPatrol().walk(Duration.ZERO, () -> false);
    }

    Patrol newPatrol() {
        return new Patrol(database, dirty, clock, SHORT);
    }

    List<BucketHead> lease(Bucket hour) {
        Instant now = clock.read();
        return dirty.lease(List.of(hour), "lease", now.plus(LONG), now, LEASE);
    }

    /** Leases an hour if it was last marked before an instant. */
    List<BucketHead> lease(Bucket hour, Instant over) {
        return dirty.lease(List.of(hour), "lease", over, clock.read(), LEASE);
    }

    void awaitAfter(Instant instant) {
        await().pollInterval(SHORT).pollDelay(SHORT).until(() -> clock.read().isAfter(instant));
    }

    boolean commit(BucketHead head, BucketContent content) {
        Built built = Built.of(head, content);
        parts.insert(built.documents());
        return heads.commit(List.of(built)).contains(head.bucket());
    }

    BucketHead head(Bucket bucket) {
        return Objects.requireNonNull(heads.find(bucket), bucket.id());
    }

    BucketContent content(Bucket bucket) {
        return parts.content(head(bucket));
    }

    boolean isBuiltFromItsHours(Bucket day) {
        BucketHead head = head(day);
        return head.hours().size() == Bucket.HOURS_OF_DAY
                && head.isBuiltFrom(heads.between(day.siteId(), Bucket.Unit.HOUR, day.start(), day.end()));
    }

    /** The findings of a verification. */
    static final class Found implements Verifier.Listener {

        int checked;
        int skipped;
        final List<Verifier.Difference> differences = new ArrayList<>();

        @Override
        public void checked() {
            checked++;
        }

        @Override
        public void skipped() {
            skipped++;
        }

        @Override
        public void differs(Verifier.Difference difference) {
            differences.add(difference);
        }
    }

    Found verify(Bucket day) {
        Found found = new Found();
        new Verifier(database, Duration.ofMillis(10)).verify(day, found, () -> false);
        return found;
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

    void breakPart(Bucket bucket, String kind) {
        String id = bucket.id() + "/" + kind + "/" + head(bucket).build();
        database.getCollection("rollup_parts").updateOne(Filters.eq(id), Updates.set("data", new Binary(new byte[] {
            9, 9, 9
        })));
    }

    void setInHead(Bucket bucket, String field, Object value) {
        database.getCollection("rollups").updateOne(Filters.eq(bucket.id()), Updates.set(field, value));
    }

    void insertHead(String id) {
        database.getCollection("rollups").insertOne(new Document("_id", id));
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
