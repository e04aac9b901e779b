package io.webanalytics.reporting.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoExecutionTimeoutException;
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
