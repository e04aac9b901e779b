package io.webanalytics.processor;

import com.mongodb.MongoException;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.rollup.build.Patrol;
import io.webanalytics.rollup.build.RollupBuilder;
import io.webanalytics.rollup.build.RollupBuilder.Progress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Builds rollups as they become due, and looks through all days now and then. Both wait while MongoDB is away.
 */
@Component
final class RollupLoop {

    private static final Logger log = LoggerFactory.getLogger(RollupLoop.class);
    private static final int MOST_SILENT_FAILURES = 10;
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int MOST_TOLD = 1_000;
    private static final Duration WATCH_PERIOD = Duration.ofSeconds(5);

    private final RollupBuilder builder;
    private final Patrol patrol;
    private final DirtyHours dirty;
    private final RollupMetrics metrics;
    private final Duration patrolPeriod;
    private final Set<Bucket> told = ConcurrentHashMap.newKeySet();
    private final Stop stop;

    RollupLoop(
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

    void build() {
        repeat("The rollups' builder", PERIOD, () -> {
            Progress progress;
            do {
                progress = builder.buildSome(stop::isRequested);
                metrics.built(progress);
                progress.failed().forEach(this::tellFailure);
            } while (progress.hours() > 0 && !stop.isRequested());
        });
    }

    /** Tells what waits, apart from the builder, which may be at work for long. */
    void watch() {
        repeat("The rollups' watch", WATCH_PERIOD, () -> {
            metrics.waits(null); // in case that MongoDB does not answer
            metrics.waits(builder.waiting());
        });
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

    /** Takes as long a pause after each month as the month took, so that it never has more than half of a thread. */
    void patrol() {
        repeat("The rollups' patrol", patrolPeriod, () -> {
            dirty.ensureIndex();
            long[] last = {System.nanoTime()};
            int failed = patrol.walk(patrolPeriod, () -> {
                stop.pause(Duration.ofNanos(System.nanoTime() - last[0]));
                last[0] = System.nanoTime();
                return stop.isRequested();
            });
            metrics.unchecked(failed);
        });
    }

    private void repeat(String who, Duration period, Runnable task) {
        boolean broken = false;
        int failures = 0;
        Backoff backoff = new Backoff();
        while (!stop.isRequested()) {
            try {
                task.run();
                broken = false;
                backoff.reset();
                stop.pause(period);
                failures = 0;
            } catch (MongoException e) {
                if (++failures == MOST_SILENT_FAILURES) { // of an outage the workers tell sooner
                    log.warn("{} fails again and again: {}", who, e.getMessage());
                }
                stop.pause(backoff.next());
            } catch (IllegalStateException e) { // of a client that is closed meanwhile
                stop.pause(backoff.next());
            } catch (RuntimeException e) {
                if (!broken) {
                    log.error("{} failed, and will try again until that works", who, e);
                    broken = true;
                }
                stop.pause(backoff.next());
            }
        }
    }
}
