package io.webanalytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.testing.LogLines;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutageTests {

    private final LogLines log = new LogLines();
    private final AtomicLong time = new AtomicLong();
    private final Outage outage = new Outage("Redis", time::get);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void outageIsALineWhenItBeginsAndOneWhenItHasEnded() {
        for (int i = 0; i < 300; i++) {
            outage.failed("gone");
            outage.worked();
            wait(Duration.ofSeconds(1));
        }
        assertThat(log.warnings()).containsExactly("Redis fails: gone");
        assertThat(log.information("Redis")).isEmpty();

        wait(Duration.ofSeconds(2));
        outage.worked();
        outage.worked();
        assertThat(log.information("Redis")).containsExactly("Redis works again");
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void nextOutageIsToldOfThoughNobodyAskedBetweenTheTwo() {
        outage.failed("gone");
        outage.worked();
        wait(Duration.ofHours(1));
        outage.failed("gone again");

        assertThat(log.information("Redis")).containsExactly("Redis works again");
        assertThat(log.warnings()).containsExactly("Redis fails: gone", "Redis fails: gone again");
    }

    @Test
    void outageThatIsSeldomNoticedIsOne() {
        for (int i = 0; i < 3; i++) {
            outage.failed("gone");
            wait(Duration.ofHours(1));
        }
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void outageLastsUntilEverybodyWhoAskedInVainWasServed() {
        for (int i = 0; i < 3; i++) {
            outage.failed("worker 1", "gone");
            wait(Duration.ofSeconds(5));
            outage.worked("worker 2");
        }
        assertThat(log.information("Redis")).isEmpty();

        outage.worked("worker 1");
        assertThat(log.information("Redis")).containsExactly("Redis works again");
        assertThat(log.warnings()).containsExactly("Redis fails: gone");
    }

    /** Or the next outage would be none. */
    @Test
    void whoDoesNotAskAnyMoreKeepsNoOutageFromItsEnd() {
        outage.failed("worker that loses its batch", "gone");
        for (int i = 0; i < 11; i++) {
            assertThat(log.information("Redis")).isEmpty();
            outage.worked("worker 2");
            wait(Duration.ofMinutes(1));
        }
        outage.worked("worker 2");
        assertThat(log.information("Redis")).containsExactly("Redis works again");

        outage.failed("worker 2", "gone again");
        assertThat(log.warnings()).containsExactly("Redis fails: gone", "Redis fails: gone again");
    }

    private void wait(Duration duration) {
        time.addAndGet(duration.toNanos());
    }
}
