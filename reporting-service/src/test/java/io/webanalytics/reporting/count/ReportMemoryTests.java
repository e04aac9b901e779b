package io.webanalytics.reporting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoExecutionTimeoutException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReportMemoryTests {

    private final ReportMemory memory = new ReportMemory(100, 150, 2);

    @Test
    void reportThatWantsMoreThanItMayIsTooLarge() {
        try (Budget budget = enter()) {
            Budget.Share share = budget.share();
            share.set(60);
            assertThat(reasonOf(() -> budget.share().set(41))).isEqualTo(Unanswered.REPORT_TOO_LARGE);
            share.set(20);
            budget.share().set(80);
            assertThat(budget.left()).isZero();
        }
    }

    @Test
    void reportsThatTogetherWantMoreThanTheyMayAreTooMany() {
        try (Budget one = enter();
                Budget other = enter()) {
            one.share().set(90);
            assertThat(reasonOf(() -> other.share().set(61))).isEqualTo(Unanswered.TOO_MANY_REPORTS);
            other.share().set(60);
        }
    }

    @Test
    void memoryIsGivenBackAtTheEnd() {
        for (int i = 0; i < 10; i++) {
            try (Budget budget = enter()) {
                budget.share().set(100);
                assertThat(reasonOf(() -> budget.share().set(1))).isEqualTo(Unanswered.REPORT_TOO_LARGE);
            }
        }
        try (Budget one = enter();
                Budget other = enter()) {
            one.share().set(100);
            other.share().set(50);
        }
    }

    @Test
    void reportThatBeginsAgainTakesNothing() {
        try (Budget budget = enter()) {
            budget.share().set(100);
            budget.startAgain();
            budget.share().set(100);
        }
    }

    @Test
    void reportWhoseTimeIsOverTakesNoMore() {
        try (Budget budget = memory.enter(new Deadline(Duration.ofMillis(500)))) {
            await().until(() -> catchThrowable(() -> budget.share().set(1)) instanceof MongoExecutionTimeoutException);
        }
    }

    /** Slow readers must not keep other reports from being counted. */
    @Test
    void answersThatAreBeingReadHaveNoMoreThanHalf() throws IOException {
        try (Closeable one = memory.hold(70);
                Budget report = enter()) {
            assertThat(one).isNotNull();
            assertThat(reasonOf(() -> memory.hold(6))).isEqualTo(Unanswered.TOO_MANY_REPORTS);
            report.share().set(80);
            assertThat(reasonOf(() -> memory.hold(1))).isEqualTo(Unanswered.TOO_MANY_REPORTS);
        }
        memory.hold(75).close();
    }

    @Test
    void reportWaitsForAPlaceUntilItsDeadline() throws Exception {
        Budget first = enter();
        try (Budget second = enter()) {
            assertThat(second.left()).isEqualTo(100);
            assertThat(reasonOf(() -> memory.enter(new Deadline(Duration.ofMillis(50)))))
                    .isEqualTo(Unanswered.TOO_MANY_REPORTS);
            CompletableFuture<Budget> third = CompletableFuture.supplyAsync(ReportMemoryTests.this::enter);
            first.close();
            third.get(5, TimeUnit.SECONDS).close();
        }
    }

    @Test
    void deadlineThatIsOverIsOver() {
        assertThatThrownBy(() -> memory.enter(new Deadline(Duration.ZERO)))
                .isInstanceOf(MongoExecutionTimeoutException.class);
    }

    private Budget enter() {
        return memory.enter(new Deadline(Duration.ofSeconds(5)));
    }

    private static Unanswered reasonOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        return catchThrowableOfType(UnansweredException.class, action).reason();
    }
}
