package io.webanalytics.processor.rollup;

import io.webanalytics.processor.repeat.Stop;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.rollup.build.Patrol;
import io.webanalytics.rollup.build.RollupBuilder;
import io.webanalytics.rollup.build.RollupBuilder.Progress;
import io.webanalytics.rollup.build.RollupBuilder.Waiting;
import io.webanalytics.rollup.build.ServerClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The background tasks for rollups: build the due hours, check all days for missing rollups now and then, and measure what
 * waits. Each task throws if MongoDB fails.
 */
@Component
public final class RollupTasks {

    private static final Logger log = LoggerFactory.getLogger(RollupTasks.class);
    private static final int MOST_TOLD = 1_000;

    private final RollupBuilder builder;
    private final Patrol patrol;
    private final DirtyHours dirty;
    private final ServerClock clock;
    private final RollupMetrics metrics;
    private final Stop stop;
    private final Set<Bucket> told = ConcurrentHashMap.newKeySet();

    RollupTasks(
            RollupBuilder builder,
            Patrol patrol,
            DirtyHours dirty,
            ServerClock clock,
            RollupMetrics metrics,
            Stop stop) {
        this.builder = builder;
        this.patrol = patrol;
        this.dirty = dirty;
        this.clock = clock;
        this.metrics = metrics;
        this.stop = stop;
    }

    /** Reads MongoDB's clock, apart from the builder, which may be busy for long. */
    public void readClock() {
        clock.read();
    }

    /** Builds until nothing is due. */
    public void build() {
        Progress progress;
        do {
            progress = builder.buildSome(stop::isRequested);
            metrics.built(progress);
            progress.failed().forEach(this::tellFailure);
        } while (progress.hours() > 0 && !stop.isRequested());
    }

    /** Logs the failure of a bucket once, though its build is retried again and again. */
    private void tellFailure(Bucket bucket, RuntimeException failure) {
        if (told.size() >= MOST_TOLD) {
            told.clear();
        }
        if (told.add(bucket)) {
            log.warn("The rollup {} cannot be built, reports do without it: {}", bucket.id(), failure.toString());
        }
    }

    /** Measures what waits, apart from the builder too. The last figures stay until the new ones are counted. */
    public void watch() {
        Waiting waiting = null;
        try {
            waiting = builder.waiting();
        } finally {
            metrics.waits(waiting);
        }
    }

    /** Checks all months for missing rollups, unless any processor did so within the period. */
    public void patrol(Duration period) {
        dirty.ensureIndex();
        metrics.unchecked(patrol.walk(period, new HalfSpeed()));
    }

    /** Pauses after each month for as long as it took, so that the patrol takes at most half of a thread's time. */
    private final class HalfSpeed implements BooleanSupplier {

        private long resumedAt = System.nanoTime();

        @Override
        public boolean getAsBoolean() {
            stop.pause(Duration.ofNanos(System.nanoTime() - resumedAt));
            resumedAt = System.nanoTime();
            return stop.isRequested();
        }
    }
}
