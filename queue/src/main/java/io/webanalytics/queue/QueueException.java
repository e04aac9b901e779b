package io.webanalytics.queue;

import io.lettuce.core.RedisCommandTimeoutException;
import io.webanalytics.model.RejectionReason;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The queue cannot be used now. The step that failed may or may not have happened. */
public final class QueueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;

    private QueueException(RejectionReason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static QueueException notConnected(Throwable cause) {
        return new QueueException(RejectionReason.QUEUE_UNAVAILABLE, "not connected to Redis", cause);
    }

    static QueueException full(long mostQueued) {
        return new QueueException(
                RejectionReason.QUEUE_FULL, "the queue holds as many events as it may, " + mostQueued, null);
    }

    /**
     * The step was not sent to Redis, since too many bytes wait for it already.
     *
     * @param mostBytes how many may
     */
    public static QueueException overflow(int mostBytes) {
        return new QueueException(RejectionReason.TOO_BUSY, "as many bytes wait for Redis as may, " + mostBytes, null);
    }

    /** Converts the failure of a step into the exception that callers handle. */
    public static QueueException of(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof QueueException queueException) {
            return queueException;
        }
        boolean slow = cause instanceof RedisCommandTimeoutException || cause instanceof TimeoutException;
        return new QueueException(
                slow ? RejectionReason.QUEUE_SLOW : RejectionReason.QUEUE_UNAVAILABLE,
                slow ? "Redis did not answer in time" : "Redis: " + cause.getMessage(),
                cause);
    }

    /** Returns a reason from {@link RejectionReason#QUEUE_UNAVAILABLE} to {@link RejectionReason#TOO_BUSY}. */
    public RejectionReason reason() {
        return reason;
    }
}
