package io.webanalytics.processor.repeat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The request to stop. Every thread of the processor sees it, and it ends their pauses. */
@Component
public final class Stop {

    private final CountDownLatch requested = new CountDownLatch(1);

    public void request() {
        requested.countDown();
    }

    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits for a duration, which may be zero, or until the stop is requested. */
    public void pause(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        try {
            requested.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            request();
        }
    }
}
