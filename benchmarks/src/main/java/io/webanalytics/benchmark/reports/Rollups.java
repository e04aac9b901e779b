package io.webanalytics.benchmark.reports;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.benchmark.Results;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.rollup.build.Patrol;
import io.webanalytics.rollup.build.RollupBuilder;
import io.webanalytics.rollup.build.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Builds the rollups of a site by the project's code, as a processor would. */
final class Rollups {

    private final Patrol patrol;
    private final RollupBuilder builder;
    private final DirtyHours dirty;
    private final Traffic traffic;

    Rollups(MongoDatabase database, Traffic traffic) {
        this.dirty = new DirtyHours(database);
        ServerClock clock = new ServerClock(database);
        this.patrol = new Patrol(database, dirty, clock, Duration.ZERO);
        this.builder = new RollupBuilder(database, dirty, clock, Duration.ZERO);
        this.traffic = traffic;
    }

    /** Builds the rollups that are not built yet. */
    void build() {
        dirty.ensureIndex();
        long started = System.nanoTime();
        walk(traffic.first(), traffic.last());
        int built = buildMarked();
        if (built > 0) {
            long seconds = (System.nanoTime() - started) / 1_000_000_000;
            Results.progress(traffic.database() + ": built " + built + " hours and their days in " + seconds + " s");
        }
    }

    /** Marks the last hour of the last day dirty, and builds that day without it. */
    void unbuildLastHour() {
        Instant end = traffic.last().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        dirty.mark(List.of(Bucket.hour(traffic.site(), end.minusMillis(1))));
        walk(traffic.last(), traffic.last());
    }

    private void walk(LocalDate first, LocalDate last) {
        Instant from = first.atStartOfDay().toInstant(ZoneOffset.UTC);
        patrol.walk(traffic.site(), from, last.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC), () -> false);
    }

    private int buildMarked() {
        int built = 0;
        while (builder.waiting().hours() > 0) {
            RollupBuilder.Progress progress = builder.buildSome(() -> false);
            built += progress.hours();
            if (progress.folded() > 0 || !progress.failed().isEmpty()) {
                throw new IllegalStateException("hours are not built as they should be: " + progress);
            }
        }
        return built;
    }
}
