package io.webanalytics.reporting.oracle;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.reporting.ReportFixture;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.rollup.build.Marks;
import io.webanalytics.rollup.build.Patrol;
import io.webanalytics.rollup.build.Rebuilder;
import io.webanalytics.rollup.build.RollupBuilder;
import io.webanalytics.rollup.build.ServerClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.bson.Document;

/** One random history, with questions along it. */
final class OracleCase {

    private static final int STEPS = 24;
    private static final Duration QUIET = Duration.ofMillis(2);

    private final Random random;
    private final World world;
    private final History history;
    private final Questioner questioner;
    private final MongoDatabase database;
    private final RollupBuilder builder;
    private final Patrol patrol;
    private final Rebuilder rebuilder;
    private final Consumer<Runnable> intrude;

    OracleCase(long seed, EventQueue queue, ReportFixture reports, MongoClient builders, Consumer<Runnable> intrude) {
        // Random starts alike with neighbouring seeds: without mixing, their cases would all have the same zone.
        random = new Random(new SplittableRandom(seed).nextLong());
        world = new World(random);
        database = reports.database();
        MongoDatabase watched = builders.getDatabase(database.getName());
        ServerClock clock = new ServerClock(database);
        DirtyHours dirty = new DirtyHours(database);
        Marks marks = new Marks(dirty, clock, QUIET.dividedBy(2));
        history = new History(queue, database, marks, world, random);
        questioner = new Questioner(reports, world, history, random);
        builder = new RollupBuilder(watched, new DirtyHours(watched), clock, QUIET);
        patrol = new Patrol(watched, new DirtyHours(watched), clock, QUIET);
        rebuilder = new Rebuilder(database, dirty);
        this.intrude = intrude;
    }

    /** @return how many answers were compared */
    int run() {
        int answers = 0;
        history.intrude(10 + random.nextInt(50));
        build();
        build();
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(14)) {
                case 0, 1 -> history.accept();
                case 2, 3 -> history.claim();
                case 4, 5, 6 -> history.process();
                case 7 -> history.recover();
                case 8 -> history.replay();
                case 9, 10, 11, 12 -> build();
                default -> disturb();
            }
            if (random.nextInt(3) == 0) {
                history.snapshot();
            }
            if (random.nextInt(4) == 0) {
                if (random.nextBoolean()) {
                    history.markTheRest();
                    build();
                }
                answers += questioner.ask();
            }
        }
        history.markTheRest();
        build();
        return answers + questioner.ask();
    }

    /** Returns how many answers were counted from rollups. */
    int fromRollups() {
        return questioner.fromRollups();
    }

    private void build() {
        if (random.nextBoolean()) {
            intrude.accept(() -> history.intrude(1 + random.nextInt(4)));
        }
        for (int i = random.nextInt(5); i >= 0; i--) {
            LockSupport.parkNanos(QUIET.toNanos());
            builder.buildSome(() -> false);
        }
        if (random.nextInt(8) == 0) {
            patrol.walk(Duration.ZERO, () -> false);
        }
        intrude.accept(() -> {});
    }

    /** What operators may do to rollups. */
    private void disturb() {
        switch (random.nextInt(6)) {
            case 0 -> database.getCollection("rollups").drop();
            case 1 -> database.getCollection("rollup_parts").drop();
            case 2 ->
                rebuilder.mark(
                        "s",
                        world.center.minusDays(2).atStartOfDay(ZoneOffset.UTC).toInstant(),
                        world.center.plusDays(2).atStartOfDay(ZoneOffset.UTC).toInstant());
            default -> dropSome("rollups", "rollup_parts");
        }
    }

    private void dropSome(String... collections) {
        for (String collection : collections) {
            List<Object> ids = new ArrayList<>();
            database.getCollection(collection).find().forEach(document -> ids.add(document.get("_id")));
            ids.removeIf(id -> random.nextInt(4) > 0);
            ids.forEach(id -> database.getCollection(collection).deleteOne(new Document("_id", id)));
        }
    }
}
