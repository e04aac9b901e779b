package io.webanalytics.processor.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import io.webanalytics.model.Outage;
import io.webanalytics.testing.LogLines;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTests {

    private static final Duration OFTEN = Duration.ofMillis(20);

    private final LogLines log = new LogLines();
    private final Stop stop = new Stop();
    private final AtomicInteger times = new AtomicInteger();

    @AfterEach
    void stop() {
        stop.request();
        log.close();
    }

    @Test
    void whatNobodyThoughtOfIsToldOnceAndEndsNothing() {
        repeat(() -> {
            times.incrementAndGet();
            throw new IllegalStateException("a defect");
        });

        await().until(() -> times.get() >= 10);
        assertThat(log.warnings()).containsExactly("a loop failed, and will try again until that works");
    }

    @Test
    void anErrorEndsNothingEither() {
        repeat(() -> {
            if (times.incrementAndGet() < 3) {
                throw new StackOverflowError();
            }
        });

        await().until(() -> times.get() >= 10);
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void itIsToldAgainOnceItHasWorkedMeanwhile() {
        repeat(() -> {
            if (times.incrementAndGet() % 5 == 0) {
                throw new IllegalStateException("now and then");
            }
        });

        await().until(() -> log.warnings().size() >= 2);
    }

    @Test
    void serverThatFailsIsAnOutage() {
        repeat(() -> {
            if (times.incrementAndGet() < 10) {
                throw new MongoException("gone");
            }
        });

        await().until(() -> log.information("a server works again").size() == 1);
        assertThat(log.warnings()).containsExactly("a server fails: gone");
    }

    @Test
    void stopEndsThePause() {
        Thread loop = new Thread(
                new Loop("a loop", times::incrementAndGet, Duration.ofHours(1), new Outage("a server"), stop));
        loop.start();
        await().until(() -> times.get() == 1);
        stop.request();

        await().until(() -> !loop.isAlive());
    }

    private void repeat(Runnable task) {
        new Thread(new Loop("a loop", task, OFTEN, new Outage("a server"), stop)).start();
    }
}
