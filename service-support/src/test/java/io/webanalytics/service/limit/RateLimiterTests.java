package io.webanalytics.service.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimiterTests {

    private static final Duration GRANTED = Duration.ZERO;

    private final AtomicLong now = new AtomicLong();

    /** Ten tokens; one more each second. */
    private final RateLimiter limiter = new RateLimiter(10, Duration.ofSeconds(10), now::get);

    @Test
    void fullBucketIsGrantedToTheLastToken() {
        assertThat(limiter.take("a", 9)).isEqualTo(GRANTED);
        assertThat(limiter.take("a", 1)).isEqualTo(GRANTED);
        assertThat(limiter.take("a", 1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void namesHaveBucketsOfTheirOwn() {
        limiter.take("a", 10);

        assertThat(limiter.take("a", 1)).isNotEqualTo(GRANTED);
        assertThat(limiter.take("b", 10)).isEqualTo(GRANTED);
    }

    @Test
    void refusalTakesNothing() {
        limiter.take("a", 8);

        assertThat(limiter.take("a", 3)).isEqualTo(Duration.ofSeconds(1));
        assertThat(limiter.take("a", 2)).isEqualTo(GRANTED);
    }

    @Test
    void tokenIsThereAfterTheWaitAndNotBefore() {
        limiter.take("a", 10);
        Duration wait = limiter.take("a", 3);

        assertThat(wait).isEqualTo(Duration.ofSeconds(3));
        pass(wait.minusNanos(1));
        assertThat(limiter.take("a", 3)).isEqualTo(Duration.ofNanos(1));
        pass(Duration.ofNanos(1));
        assertThat(limiter.take("a", 3)).isEqualTo(GRANTED);
        assertThat(limiter.take("a", 1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void tokensComeEvenlyAndNoMoreThanFit() {
        limiter.take("a", 10);
        pass(Duration.ofMillis(3_500));
        assertThat(limiter.take("a", 3)).isEqualTo(GRANTED);
        assertThat(limiter.take("a", 1)).isEqualTo(Duration.ofMillis(500));

        pass(Duration.ofMinutes(50));
        assertThat(limiter.take("a", 10)).isEqualTo(GRANTED);
        assertThat(limiter.take("a", 1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void chargeTakesWhatIsThereAndTheRestIsOwed() {
        limiter.take("a", 1);
        limiter.charge("a", 999);

        assertThat(limiter.take("a", 1)).isEqualTo(Duration.ofSeconds(991));
        limiter.charge("a", 1);
        pass(Duration.ofSeconds(991));
        assertThat(limiter.take("a", 1)).isEqualTo(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(limiter.take("a", 1)).isEqualTo(GRANTED);
    }

    @Test
    void nameIsForgottenAnHourAfterItsLastUse() {
        limiter.charge("a", 100_000);
        pass(Duration.ofMinutes(59));
        assertThat(limiter.take("a", 1)).isNotEqualTo(GRANTED);
        pass(Duration.ofMinutes(59));
        assertThat(limiter.take("a", 1)).isNotEqualTo(GRANTED);
        pass(Duration.ofMinutes(61));

        assertThat(limiter.names()).isZero();
        assertThat(limiter.take("a", 10)).isEqualTo(GRANTED);
    }

    @Test
    void namesAreBoundedAndTheBusyOnesStay() {
        limiter.take("busy", 10);
        for (int i = 0; i < 3 * RateLimiter.MOST_NAMES; i++) {
            assertThat(limiter.take("once " + i, 10)).isEqualTo(GRANTED);
            if (i % 1_000 == 0 && limiter.take("busy", 1).isZero()) {
                throw new AssertionError("forgotten after " + i);
            }
        }

        assertThat(limiter.names()).isEqualTo(RateLimiter.MOST_NAMES);
        assertThat(IntStream.range(0, RateLimiter.MOST_NAMES)
                        .filter(i -> limiter.take("once " + i, 10).isZero()))
                .as("forgotten names start full again")
                .isNotEmpty();
    }

    @Test
    void threadsTakeEachTokenOnce() {
        RateLimiter shared = new RateLimiter(100_000, Duration.ofHours(1), now::get);

        long granted = IntStream.range(0, 200_000)
                .parallel()
                .filter(i -> shared.take("a", 1).isZero())
                .count();

        assertThat(granted).isEqualTo(100_000);
    }

    @Test
    void largestBucketIsExact() {
        RateLimiter large = new RateLimiter(100_000_000, Duration.ofSeconds(10), now::get);
        large.take("a", 100_000_000);

        assertThat(large.take("a", 1)).isEqualTo(Duration.ofNanos(100));
        pass(Duration.ofSeconds(9));
        assertThat(large.take("a", 90_000_000)).isEqualTo(GRANTED);
        assertThat(large.take("a", 1)).isEqualTo(Duration.ofNanos(100));
    }

    @ParameterizedTest
    @CsvSource({"PT0.000000001S, 1", "PT0.5S, 1", "PT1S, 1", "PT1.000000001S, 2", "PT991S, 991"})
    void waitIsRoundedUpToWholeSeconds(Duration wait, int seconds) {
        assertThat(new RateLimitedException(wait).retryAfter()).isEqualTo(seconds);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
