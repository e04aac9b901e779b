package io.webanalytics.processor;

import com.mongodb.MongoException;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.build.Patrol;
import io.webanalytics.rollup.build.RollupBuilder;
import io.webanalytics.rollup.build.RollupBuilder.Progress;
import java.time.Duration;
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

    private final RollupBuilder builder;
    private final Patrol patrol;
    private final BucketHeads heads;
    private final RollupMetrics metrics;
    private final Duration patrolPeriod;
    private final Stop stop;

    RollupLoop(
            RollupBuilder builder,
            Patrol patrol,
            BucketHeads heads,
            RollupMetrics metrics,
            ProcessorProperties properties,
            Stop stop) {
        this.builder = builder;
        this.patrol = patrol;
        this.heads = heads;
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
            } while (progress.hours() > 0 && !stop.isRequested());
        });
    }

    /** Takes as long a pause after each day as the day took, so that it never has more than half of a thread. */
    void patrol() {
        repeat("The rollups' patrol", patrolPeriod, () -> {
            heads.ensureIndex();
            long[] last = {System.nanoTime()};
            patrol.walk(() -> {
                stop.pause(Duration.ofNanos(System.nanoTime() - last[0]));
                last[0] = System.nanoTime();
                return stop.isRequested();
            });
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
