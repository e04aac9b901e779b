package io.webanalytics.reporting.count;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketParts.BrokenException;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the rollups that reports cannot read, because they are broken or in the format of another release. Reports read their
 * events instead. A broken one is remembered for some minutes, so that not every report tries it again.
 */
final class Unreadable {

    private static final Logger log = LoggerFactory.getLogger(Unreadable.class);

    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);

    private final Counter counter;
    private final Cache<Bucket, Boolean> broken = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED_FOR)
            .build();

    Unreadable(MeterRegistry metrics) {
        counter = Counter.builder("rollup.unreadable")
                .description(
                        "Rollups that a report could not read, because they are broken or of another release's form:"
                                + " it read their events")
                .register(metrics);
    }

    void found(int ofOtherForms) {
        counter.increment(ofOtherForms);
    }

    void found(BrokenException e) {
        counter.increment();
        broken.put(e.bucket(), true);
        log.warn("{}: {}; its events are read until it is rebuilt", e.getMessage(), e.getCause());
    }

    /** Returns the buckets that were found broken within the last minutes. */
    Set<Bucket> lately() {
        return broken.asMap().keySet();
    }
}
