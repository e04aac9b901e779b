package io.webanalytics.service.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Token buckets by name, such as one for each address: whoever takes tokens faster than the bucket refills has to wait. A bucket is
 * full at first. Any thread may use it, and none waits for another.
 *
 * <p>At most {@link #MOST_NAMES} names are remembered, each for an hour after its last use. One takes some 400 bytes where it is an
 * address, and 530 where it has 146 characters. A name that is forgotten starts full again. Names that are used often are the last to be forgotten, so other names do not free a sender from its
 * limit; only somebody who has more names than are remembered takes from ever new buckets.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Token_bucket">Token bucket</a>
 */
public final class RateLimiter {

    static final int MOST_NAMES = 100_000;

    private static final Duration REMEMBERED_FOR = Duration.ofHours(1);

    private final Clock clock;
    private final Bandwidth bandwidth;
    private final Cache<String, Bucket> buckets;

    /**
     * @param capacity the tokens of a full bucket, 1 to 100,000,000
     * @param refill how long an empty bucket takes to be full again, 1 ms to 1 hour; tokens come evenly
     */
    public RateLimiter(long capacity, Duration refill) {
        this(capacity, refill, System::nanoTime);
    }

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    RateLimiter(long capacity, Duration refill, LongSupplier nanoTime) {
        this.clock = new Clock(nanoTime);
        this.bandwidth = Bandwidth.builder()
                .capacity(capacity)
                .refillGreedy(capacity, refill)
                .build();
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_NAMES)
                .expireAfterAccess(REMEMBERED_FOR)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run) // to forget is little work, and needs no thread
                .build();
    }

    /**
     * Takes tokens from a bucket if it has as many, otherwise none.
     *
     * @param tokens 1 to the capacity
     * @return zero if they are taken, otherwise how long the bucket takes to have as many, at least 1 ns
     */
    public Duration take(String name, int tokens) {
        Bucket bucket = bucket(name);
        return bucket.tryConsume(tokens)
                ? Duration.ZERO
                : Duration.ofNanos(
                        Math.max(1, bucket.estimateAbilityToConsume(tokens).getNanosToWaitForRefill()));
    }

    /**
     * Takes tokens from a bucket, also if it has fewer. It owes the rest then: until that is refilled nothing can be taken.
     *
     * @param tokens 1 or more
     */
    public void charge(String name, int tokens) {
        bucket(name).consumeIgnoringRateLimits(tokens);
    }

    /** Returns how many names are remembered. */
    long names() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket bucket(String name) {
        return buckets.get(
                name,
                absent -> Bucket.builder()
                        .addLimit(bandwidth)
                        .withCustomTimePrecision(clock)
                        .build());
    }

    private record Clock(LongSupplier nanoTime) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
