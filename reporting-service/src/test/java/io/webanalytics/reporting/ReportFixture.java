package io.webanalytics.reporting;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.webanalytics.reporting.answer.BreakdownAnswer;
import io.webanalytics.reporting.answer.Realtime;
import io.webanalytics.reporting.answer.Stats;
import io.webanalytics.reporting.answer.Timeseries;
import io.webanalytics.reporting.count.EventCounter;
import io.webanalytics.reporting.count.ReportMemory;
import io.webanalytics.reporting.question.Question;
import io.webanalytics.reporting.question.QuestionReader;
import io.webanalytics.reporting.question.Report;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.rollup.build.Patrol;
import io.webanalytics.rollup.build.RollupBuilder;
import io.webanalytics.rollup.build.ServerClock;
import io.webanalytics.testing.TestServers.Server;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.unit.DataSize;

/** A new database, and reports on it. */
public final class ReportFixture implements AutoCloseable {

    /** The present time of the reports. */
    static final Instant NOW = Instant.parse("2025-11-20T12:00:00Z");

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final MongoDatabase database;
    private final MongoClient client;
    private final boolean ownClient;
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private Reports reports;

    ReportFixture(Server server) {
        this(MongoClients.create(server.url()), true);
    }

    /** @param client stays open */
    public ReportFixture(MongoClient client) {
        this(client, false);
    }

    private ReportFixture(MongoClient client, boolean ownClient) {
        this.client = client;
        this.ownClient = ownClient;
        database = client.getDatabase("reports-" + UUID.randomUUID());
        database.getCollection("events")
                .createIndex(Indexes.ascending("site_id", "timestamp", "event_type", "path", "user_id"));
        useRollups(true, 1_000_000);
    }

    public MongoDatabase database() {
        return database;
    }

    /** Uses these settings from now on. */
    void use(ReportingProperties properties) {
        SimpleMongoClientDatabaseFactory factory = new SimpleMongoClientDatabaseFactory(client, database.getName());
        reports = new Reports(new EventCounter(factory, properties, new ReportMemory(properties), metrics), CLOCK);
    }

    public void useRollups(boolean rollups, long exactUsersLimit) {
        use(properties(rollups, exactUsersLimit, DataSize.ofMegabytes(48)));
    }

    static ReportingProperties properties(boolean rollups, long exactUsersLimit, DataSize reportMemory) {
        return new ReportingProperties(
                TIMEOUT,
                rollups,
                exactUsersLimit,
                reportMemory,
                DataSize.ofMegabytes(96),
                8,
                DataSize.ofMegabytes(1),
                Set.of());
    }

    public Stats stats(String question) {
        return reports.stats(question(Report.STATS, question));
    }

    public Timeseries timeseries(String question) {
        return reports.timeseries(question(Report.TIMESERIES, question));
    }

    public BreakdownAnswer breakdown(String question) {
        return reports.breakdown(question(Report.BREAKDOWN, question));
    }

    public Realtime realtime(String question) {
        return reports.realtime(question(Report.REALTIME, question));
    }

    static Question question(Report report, String question) {
        LinkedMultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        for (String parameter : question.split("&")) {
            String[] parts = parameter.split("=", 2);
            parameters.add(parts[0], parts[1]);
        }
        return QuestionReader.read(report, parameters, false, CLOCK);
    }

    void store(String site, String type, String path, String user, String timestamp) {
        store(event(site, type, path, user, timestamp));
    }

    void store(Document event) {
        database.getCollection("events").insertOne(event);
    }

    static Document event(String site, String type, String path, String user, String timestamp) {
        return new Document("site_id", site)
                .append("event_type", type)
                .append("path", path)
                .append("user_id", user)
                .append("timestamp", Date.from(Instant.parse(timestamp)));
    }

    /** Rolls up all events. */
    void buildRollups() {
        DirtyHours dirty = new DirtyHours(database);
        ServerClock clock = new ServerClock(database);
        new Patrol(database, dirty, clock, Duration.ZERO).walk(Duration.ZERO, () -> false);
        RollupBuilder builder = new RollupBuilder(database, dirty, clock, Duration.ZERO);
        Bson waits = Filters.exists("dirty_since");
        await().until(() -> {
            builder.buildSome(() -> false);
            return database.getCollection("rollups").countDocuments(waits) == 0;
        });
    }

    /** Returns how many rollups could not be read. */
    double unreadable() {
        return metrics.get("rollup.unreadable").counter().count();
    }

    void dropEvents() {
        database.drop();
    }

    @Override
    public void close() {
        database.drop();
        if (ownClient) {
            client.close();
        }
    }
}
