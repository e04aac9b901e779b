package io.webanalytics.ingestion;

import io.webanalytics.service.access.Caller;
import io.webanalytics.service.access.Guard;
import io.webanalytics.service.http.ClientAddress;
import io.webanalytics.service.limit.RateLimitedException;
import io.webanalytics.service.limit.RateLimiter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Limits how many events a sender may send: a key, or without one an address. An event costs a token, and a request that holds
 * none costs one too. A batch is never half refused. Its request takes one token, and what it holds is charged once it is known:
 * then the next request waits. Requests of this machine without a key are not limited.
 */
@Component
public class SenderLimits {

    /** The largest limit, in events per second. */
    static final int MOST = 10_000_000;

    /** The events of so long may come at once. */
    private static final Duration BURST = Duration.ofSeconds(10);

    private final @Nullable RateLimiter addresses;
    private final @Nullable RateLimiter keys;
    private final Supplier<@Nullable Caller> caller;

    @Autowired
    SenderLimits(IngestionProperties properties, Guard guard) {
        this(properties, guard::callerIfKnown);
    }

    /** @param caller returns the caller of the present request; null if it is not known */
    SenderLimits(IngestionProperties properties, Supplier<@Nullable Caller> caller) {
        this.addresses = limiter(properties.addressLimit());
        this.keys = limiter(properties.keyLimit());
        this.caller = caller;
    }

    private static @Nullable RateLimiter limiter(int perSecond) {
        return perSecond == 0 ? null : new RateLimiter(perSecond * BURST.toSeconds(), BURST);
    }

    /** @param limiter null for no limit */
    private record Sender(@Nullable RateLimiter limiter, String name) {}

    /**
     * Takes the token of a request. To be called before the body is read.
     *
     * @throws RateLimitedException if there is none
     */
    public void admit(HttpServletRequest request) {
        Sender sender = sender(request);
        Duration wait = sender.limiter == null ? Duration.ZERO : sender.limiter.take(sender.name, 1);
        if (!wait.isZero()) {
            throw new RateLimitedException(wait);
        }
    }

    /**
     * Charges an admitted request for its events.
     *
     * @param events how many it holds, invalid ones included; of these one is paid already
     */
    public void charge(HttpServletRequest request, int events) {
        Sender sender = sender(request);
        if (events > 1 && sender.limiter != null) {
            sender.limiter.charge(sender.name, events - 1);
        }
    }

    private Sender sender(HttpServletRequest request) {
        Caller known = caller.get();
        if (known != null) {
            return new Sender(keys, known.name());
        }
        ClientAddress address = ClientAddress.of(request);
        return new Sender(address.isLoopback() ? null : addresses, address.name());
    }
}
