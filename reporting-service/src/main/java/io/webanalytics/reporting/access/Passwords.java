package io.webanalytics.reporting.access;

import io.webanalytics.sites.KeyToken;
import io.webanalytics.sites.Role;
import io.webanalytics.store.sites.Account;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Encodes and checks passwords. Either takes a tenth of a second of a processor, so only two are at a time. */
@Component
public final class Passwords {

    /** The rule of a password, worded to follow the field's name. */
    public static final String RULE = "must be 10 characters or more, and at most 72 bytes in UTF-8";

    private static final int LEAST_CHARACTERS = 10;
    private static final int MOST_BYTES = 72; // bcrypt takes no more
    private static final int AT_ONCE = 2;
    private static final int MOST_WAITING = 20; // each holds a thread of the service
    private static final long PATIENCE_SECONDS = 2;

    private final PasswordEncoder encoder;
    private final String ofNobody;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    Passwords(PasswordEncoder encoder) {
        this.encoder = encoder;
        this.ofNobody = encoder.encode(KeyToken.randomText(LEAST_CHARACTERS));
    }

    /** More passwords are encoded or checked at once than there is time for. */
    public static final class BusyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BusyException() {
            super("too many passwords at once", null, false, false);
        }
    }

    /** Whether a password may be chosen. */
    public static boolean isAllowed(String password) {
        return password.codePointCount(0, password.length()) >= LEAST_CHARACTERS
                && password.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }

    /**
     * Returns an account with a password of its own.
     *
     * @throws BusyException if too many are at work, or wait
     */
    public Account account(String name, String password, Map<String, Role> roles, Instant createdAt) {
        String encoded = inTurn(() -> encoder.encode(password));
        return new Account(name, encoded, KeyToken.randomText(16), roles, createdAt);
    }

    /**
     * Whether a password is that of an account. For no account it takes as long.
     *
     * @throws BusyException if too many are at work, or wait
     */
    public boolean matches(@Nullable Account account, String password) {
        if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return false;
        }
        return inTurn(() -> encoder.matches(password, account == null ? ofNobody : account.password()))
                && account != null;
    }

    private <T> T inTurn(Supplier<T> work) {
        takeTurn();
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    private void takeTurn() {
        try {
            if (turns.getQueueLength() < MOST_WAITING && turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new BusyException();
    }
}
