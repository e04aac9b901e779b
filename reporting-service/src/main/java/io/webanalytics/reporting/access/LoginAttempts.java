package io.webanalytics.reporting.access;

import io.webanalytics.service.http.ClientAddress;
import io.webanalytics.service.limit.RateLimitedException;
import io.webanalytics.service.limit.RateLimiter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Slows down whoever guesses passwords: an address may try ten passwords of an account at once and then ten a minute, and those
 * of all accounts ten times as often. Nobody who logs in from elsewhere has to wait.
 */
@Component
public final class LoginAttempts {

    private static final Logger log = LoggerFactory.getLogger(LoginAttempts.class);

    private static final int OF_AN_ACCOUNT = 10;
    private static final int OF_ALL_ACCOUNTS = 100;
    private static final int MOST_REMEMBERED_CHARACTERS = 100;
    private static final Duration REFILL = Duration.ofMinutes(1);

    private final RateLimiter ofAnAccount = new RateLimiter(OF_AN_ACCOUNT, REFILL);
    private final RateLimiter ofAllAccounts = new RateLimiter(OF_ALL_ACCOUNTS, REFILL);
    private final RateLimiter logLines = new RateLimiter(1, Duration.ofHours(1));

    /**
     * Notes that an address tries a password of an account.
     *
     * @throws RateLimitedException if it has tried too many
     */
    public void begin(ClientAddress address, String account) {
        take(ofAnAccount, address.name() + ' ' + start(account), address);
        take(ofAllAccounts, address.name(), address);
    }

    /** Returns the start of a name: names that are alike up to there share their attempts. */
    private static String start(String account) {
        return account.substring(0, Math.min(account.length(), MOST_REMEMBERED_CHARACTERS));
    }

    private void take(RateLimiter limiter, String name, ClientAddress address) {
        Duration wait = limiter.take(name, 1);
        if (!wait.isZero()) {
            if (logLines.take(address.name(), 1).isZero()) {
                log.warn("Many logins are tried from {}: they are slowed down", address.name());
            }
            throw new RateLimitedException(wait);
        }
    }
}
