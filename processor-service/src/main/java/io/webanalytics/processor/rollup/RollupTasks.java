package io.webanalytics.processor.rollup;

import io.webanalytics.processor.ProcessorProperties;
import io.webanalytics.processor.repeat.Stop;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.rollup.build.Patrol;
import io.webanalytics.rollup.build.RollupBuilder;
import io.webanalytics.rollup.build.RollupBuilder.Progress;
import io.webanalytics.rollup.build.RollupBuilder.Waiting;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What there is to do about rollups, again and again: build those that are due, look through all days now and then, and tell
 * what waits. Each throws where MongoDB fails.
 */
@Component
public final class RollupTasks {

    private static final Logger log = LoggerFactory.getLogger(RollupTasks.class);
    private static final int MOST_TOLD = 1_000;

    private final RollupBuilder builder;
    private final Patrol patrol;
    private final DirtyHours dirty;
    private final RollupMetrics metrics;
    private final Duration patrolPeriod;
    private final Set<Bucket> told = ConcurrentHashMap.newKeySet();
    private final Stop stop;

    RollupTasks(
            RollupBuilder builder,
            Patrol patrol,
            DirtyHours dirty,
            RollupMetrics metrics,
            ProcessorProperties properties,
            Stop stop) {
        this.builder = builder;
        this.patrol = patrol;
        this.dirty = dirty;
        this.metrics = metrics;
        this.patrolPeriod = properties.rollupPatrol();
        this.stop = stop;
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

    /** Of each bucket once, though it is tried again and again. */
    private void tellFailure(Bucket bucket, RuntimeException failure) {
        if (told.size() >= MOST_TOLD) {
            told.clear();
        }
        if (told.add(bucket)) {
            log.warn("The rollup {} cannot be built, reports do without it: {}", bucket.id(), failure.toString());
        }
    }

    /** Tells what waits, apart from the builder, which may be at work for long. What was told last stands while that is counted. */
    public void watch() {
        Waiting waiting = null;
        try {
            waiting = builder.waiting();
        } finally {
            metrics.waits(waiting);
        }
    }

    /** Takes as long a pause after each month as the month took, so that it never has more than half of a thread. */
    public void patrol() {
        dirty.ensureIndex();
        long[] last = {System.nanoTime()};
        int failed = patrol.walk(patrolPeriod, () -> {
            stop.pause(Duration.ofNanos(System.nanoTime() - last[0]));
            last[0] = System.nanoTime();
            return stop.isRequested();
        });
        metrics.unchecked(failed);
    }
}
