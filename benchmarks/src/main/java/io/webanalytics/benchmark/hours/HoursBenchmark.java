package io.webanalytics.benchmark.hours;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.benchmark.BenchmarkParameters;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Store;
import io.webanalytics.benchmark.Target;
import io.webanalytics.benchmark.Timings;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.rollup.build.RollupBuilder;
import io.webanalytics.rollup.build.ServerClock;
import io.webanalytics.store.EventStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;

/** Hours of one event each, rolled up with their days, beside the bare driver that writes as many documents. */
public final class HoursBenchmark {

    private static final String DATABASE = "bench-hours";
    private static final int TOGETHER = 1_000;

    private final int rounds;
    private final int hours;

    public HoursBenchmark(BenchmarkParameters parameters, boolean isEmbedded) {
        rounds = parameters.number("rounds", 5);
        hours = parameters.number("hours.hours", isEmbedded ? 500 : 20_000);
    }

    public void run(Store store, Results results) throws Exception {
        results.heading(
                "Rollups: small hours",
                String.format(
                        "Each round, %,d hours of one event each are marked in a new database, and one builder rolls them and"
                                + " their days up. The bare driver writes two documents and updates one for each hour, a"
                                + " thousand hours at a time, and reads nothing.",
                        hours),
                "Medians, in brackets the smallest and the largest of " + rounds + " rounds.");
        results.head("hours", "built, hours/s", "bare driver, hours/s", "built / bare");
        for (Scattering scattering : Scattering.values()) {
            measure(scattering, store, results);
        }
    }

    private void measure(Scattering scattering, Store store, Results results) throws Exception {
        Timings built = new Timings();
        Timings bare = new Timings();
        for (int round = -1; round < rounds; round++) {
            double bareRate = bare(scattering, store);
            double builtRate = build(scattering, store);
            Results.progress(
                    scattering + ": " + Timings.format(builtRate) + " hours/s, bare " + Timings.format(bareRate));
            if (round >= 0) { // the first is the warm-up
                built.add(builtRate);
                bare.add(bareRate);
            }
        }
        results.row(scattering.words(), built, bare, built.per(bare));
        if (scattering == Scattering.SPARSE) {
            results.figure(Target.HOURS, built);
        }
    }

    private double bare(Scattering scattering, Store store) {
        BareDriver driver = new BareDriver(store.database(DATABASE));
        List<Bucket> all = scattering.hours(hours);
        long started = System.nanoTime();
        driver.write(all);
        double seconds = (System.nanoTime() - started) / 1e9;
        driver.drop();
        return hours / seconds;
    }

    private double build(Scattering scattering, Store store) throws InterruptedException {
        MongoDatabase database = store.database(DATABASE);
        database.drop();
        DirtyHours dirty = new DirtyHours(database);
        dirty.ensureIndex();
        new EventStore(database).ensureIndex();
        storeAndMark(scattering.hours(hours), database, dirty);
        ServerClock clock = new ServerClock(database);
        Thread.sleep(2); // so that all marks are in the past
        clock.read();
        RollupBuilder builder = new RollupBuilder(database, dirty, clock, Duration.ZERO);
        long started = System.nanoTime();
        int built = 0;
        while (built < hours) {
            RollupBuilder.Progress progress = builder.buildSome(() -> false);
            built += progress.hours();
            if (progress.hours() == 0) {
                throw new IllegalStateException(built + " hours of " + hours + " are built, and no more: " + progress);
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        database.drop();
        return hours / seconds;
    }

    private static void storeAndMark(List<Bucket> hours, MongoDatabase database, DirtyHours dirty) {
        List<Document> events = new ArrayList<>();
        for (int from = 0; from < hours.size(); from += TOGETHER) {
            List<Bucket> some = hours.subList(from, Math.min(from + TOGETHER, hours.size()));
            for (Bucket hour : some) {
                events.add(new Document("site_id", hour.siteId())
                        .append("event_type", "page_view")
                        .append("path", "/pricing")
                        .append("user_id", "user-1")
                        .append("timestamp", Date.from(hour.start().plusSeconds(60))));
            }
            database.getCollection("events").insertMany(events);
            dirty.mark(some);
            events.clear();
        }
    }
}
