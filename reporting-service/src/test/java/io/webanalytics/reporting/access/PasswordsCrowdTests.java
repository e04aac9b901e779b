package io.webanalytics.reporting.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.security.crypto.password.PasswordEncoder;

/** How many may wait for a check of a password: each holds a thread. */
@Timeout(20)
class PasswordsCrowdTests {

    private static final int AT_ONCE = 2;
    private static final int MOST_WAITING = 20;

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Passwords passwords = new Passwords(new SlowEncoder());

    @Test
    void aCrowdOfLoginsHoldsAFewThreadsOnly() throws Exception {
        List<Thread> threads = new ArrayList<>();
        try {
            List<FutureTask<Boolean>> logins = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                FutureTask<Boolean> login = new FutureTask<>(() -> passwords.matches(null, "a password"));
                Thread thread = new Thread(login);
                logins.add(login);
                threads.add(thread);
                thread.start();
                await().pollInterval(Duration.ofMillis(1)) // one by one, since the semaphore estimates how many wait
                        .until(() -> login.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
            }

            await().atMost(Duration.ofSeconds(1))
                    .until(() -> logins.stream().filter(Future::isDone).count() == 60 - AT_ONCE - MOST_WAITING);
            assertThatThrownBy(() -> passwords.matches(null, "a password")).isInstanceOf(Passwords.BusyException.class);
            goOn.countDown();
            assertThat(logins.get(AT_ONCE).get()).as("one that waited").isFalse();
            assertThat(passwords.matches(null, "a password")).isFalse();
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    private final class SlowEncoder implements PasswordEncoder {

        @Override
        public String encode(CharSequence password) {
            return "";
        }

        @Override
        public boolean matches(CharSequence password, String encoded) {
            try {
                return !goOn.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
