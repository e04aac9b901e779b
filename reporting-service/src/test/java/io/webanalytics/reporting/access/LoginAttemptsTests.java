package io.webanalytics.reporting.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.webanalytics.service.http.ClientAddress;
import io.webanalytics.service.limit.RateLimitedException;
import io.webanalytics.testing.LogLines;
import org.junit.jupiter.api.Test;

class LoginAttemptsTests {

    private static final ClientAddress HERE = new ClientAddress("192.0.2.1", false);
    private static final ClientAddress ELSEWHERE = new ClientAddress("192.0.2.2", false);

    private final LoginAttempts attempts = new LoginAttempts();

    @Test
    void aGuesserIsSlowedDownAndNobodyElse() {
        try (LogLines lines = new LogLines()) {
            assertThat(allowed(1_000, HERE, "anna")).isBetween(10, 11); // the bucket refills meanwhile

            attempts.begin(ELSEWHERE, "anna");
            attempts.begin(HERE, "ben");
            assertThat(lines.warnings())
                    .singleElement()
                    .asString()
                    .contains("192.0.2.1")
                    .doesNotContain("anna");
        }
    }

    @Test
    void whoTriesManyAccountsIsSlowedDownToo() {
        int allowed = 0;
        for (int account = 0; account < 1_000; account++) {
            allowed += allowed(1, HERE, "account-" + account);
        }

        assertThat(allowed).isBetween(100, 110);
        assertThatExceptionOfType(RateLimitedException.class)
                .isThrownBy(() -> attempts.begin(HERE, "one more"))
                .satisfies(refused -> assertThat(refused.retryAfter()).isEqualTo(1));
    }

    private int allowed(int tries, ClientAddress address, String account) {
        int allowed = 0;
        for (int i = 0; i < tries; i++) {
            try {
                attempts.begin(address, account);
                allowed++;
            } catch (RateLimitedException e) {
                // counted by not being counted
            }
        }
        return allowed;
    }
}
