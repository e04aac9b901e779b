package io.webanalytics.reporting.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.webanalytics.sites.Role;
import io.webanalytics.store.sites.Account;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

class PasswordsTests {

    private final CountDownLatch begun = new CountDownLatch(2);
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void noMoreThanTwoPasswordsAreEncodedOrCheckedAtATime() throws Exception {
        Passwords passwords = new Passwords(new SlowEncoder());
        List<CompletableFuture<Account>> two = List.of(
                CompletableFuture.supplyAsync(() -> account(passwords)),
                CompletableFuture.supplyAsync(() -> account(passwords)));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        assertThatExceptionOfType(Passwords.BusyException.class).isThrownBy(() -> account(passwords));
        assertThatExceptionOfType(Passwords.BusyException.class).isThrownBy(() -> passwords.matches(null, "x"));

        end.countDown();
        for (CompletableFuture<Account> each : two) {
            each.get(10, TimeUnit.SECONDS);
        }
        assertThat(account(passwords).password()).isEqualTo("slow");
    }

    private static Account account(Passwords passwords) {
        return passwords.account("ada", "slow", Map.of("*", Role.VIEWER), Instant.EPOCH);
    }

    /** Takes until the end for the passwords that are slow. */
    private class SlowEncoder implements PasswordEncoder {

        @Override
        public String encode(CharSequence password) {
            if (password.equals("slow")) {
                begun.countDown();
                try {
                    end.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return password.toString();
        }

        @Override
        public boolean matches(CharSequence password, String encoded) {
            return encoded.contentEquals(password);
        }
    }
}
