package io.webanalytics.rollup.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.rollup.Bucket;
import io.webanalytics.testing.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which marks are skipped, and what is remembered for that. */
class MarksTests {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final int REMEMBERED = 50;

    private RollupFixture rollups;
    private Marks marks;

    @BeforeEach
    void connect() {
        rollups = new RollupFixture(TestServers.mongo());
        marks = new Marks(rollups.dirty, rollups.clock, Duration.ofMillis(500), REMEMBERED);
        rollups.now();
    }

    @AfterEach
    void disconnect() {
        rollups.close();
    }

    @Test
    void runningHourIsMarkedOnceHoweverManyOthersAreMarked() {
        Bucket running = Bucket.hour("live", rollups.now());
        marks.mark(List.of(running));
        String version = rollups.head(running).version();
        Bucket junk = Bucket.hour("spread", LONG_AGO);
        for (int i = 0; i < 10 * REMEMBERED; i++) {
            marks.mark(List.of(junk, running));
            junk = junk.next();
        }

        assertThat(rollups.head(running).version()).isEqualTo(version);
        assertThat(marks.remembered()).isLessThanOrEqualTo(REMEMBERED);
    }

    @Test
    void hourThatIsForgottenIsMarkedAgain() {
        Bucket running = Bucket.hour("live", rollups.now());
        marks.mark(List.of(running));
        String version = rollups.head(running).version();
        Marks another = new Marks(rollups.dirty, rollups.clock, Duration.ofMillis(500), REMEMBERED);

        another.mark(List.of(running));

        assertThat(rollups.head(running).version()).isNotEqualTo(version);
    }

    @Test
    void everyHourOfABatchIsMarkedThoughMoreThanAreRemembered() {
        List<Bucket> hours = Stream.iterate(Bucket.hour("spread", LONG_AGO), Bucket::next)
                .limit(10 * REMEMBERED)
                .toList();

        marks.mark(hours);
        marks.mark(hours);

        assertThat(rollups.dirty.waiting(rollups.now().plusSeconds(1)).hours()).isEqualTo(10 * REMEMBERED);
        assertThat(marks.remembered()).isLessThanOrEqualTo(REMEMBERED);
    }
}
