package io.webanalytics.processor.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import io.webanalytics.model.Outage;
import io.webanalytics.testing.LogLines;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
                Loop.every("a loop", times::incrementAndGet, Duration.ofHours(1), new Outage("a server"), stop));
        loop.start();
        await().until(() -> times.get() == 1);
        stop.request();

        await().until(() -> !loop.isAlive());
    }

    @Test
    void stepIsRepeatedAtOnceAndOneThatIsNotDoneAfterAPause() {
        long started = System.nanoTime();
        Thread loop = step(() -> {
            if (times.incrementAndGet() == 1_000) {
                stop.request();
            }
            return times.get() != 500;
        });

        await().until(() -> !loop.isAlive());
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(OFTEN.dividedBy(2), OFTEN.multipliedBy(100));
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void interruptedStepEndsItsLoopAndNoOther() {
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            Loop.withoutPause(
                            "a loop",
                            () -> {
                                throw new InterruptedException();
                            },
                            OFTEN,
                            new Outage("a server"),
                            stop)
                    .run();
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        thread.start();

        await().until(() -> !thread.isAlive());
        assertThat(interrupted).isTrue();
        assertThat(stop.isRequested()).isFalse();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void errorOfAStepEndsTheThread() {
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread thread = new Thread(Loop.withoutPause(
                "a loop",
                () -> {
                    throw new StackOverflowError();
                },
                OFTEN,
                new Outage("a server"),
                stop));
        thread.setUncaughtExceptionHandler((dead, error) -> end.set(error));
        thread.start();

        await().until(() -> !thread.isAlive());
        assertThat(end.get()).isInstanceOf(StackOverflowError.class);
    }

    private void repeat(Runnable task) {
        new Thread(Loop.every("a loop", task, OFTEN, new Outage("a server"), stop)).start();
    }

    private Thread step(Loop.Step step) {
        Thread thread = new Thread(Loop.withoutPause("a loop", step, OFTEN, new Outage("a server"), stop));
        thread.start();
        return thread;
    }
}
