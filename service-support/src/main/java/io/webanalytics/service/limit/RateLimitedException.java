package io.webanalytics.service.limit;

import java.time.Duration;

/** Somebody asks for more than a limit allows. Nothing was done. */
public final class RateLimitedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int retryAfter;

    /** @param wait how long to wait, as {@link RateLimiter#take} returns it */
    public RateLimitedException(Duration wait) {
        super("the rate limit is exceeded", null, false, false);
        this.retryAfter = (int) Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    /** Returns the value of {@code Retry-After}: whole seconds, rounded up, 1 at least. */
    public int retryAfter() {
        return retryAfter;
    }
}
