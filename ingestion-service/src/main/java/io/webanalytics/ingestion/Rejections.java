package io.webanalytics.ingestion;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.model.RejectionReason;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Counts the events that were refused, by reason; a body of which no event can be told is one. */
@Component
public class Rejections {

    private final Map<RejectionReason, Counter> counters = new EnumMap<>(RejectionReason.class);

    Rejections(MeterRegistry metrics) {
        for (RejectionReason reason : EnumSet.range(RejectionReason.INVALID_JSON, RejectionReason.TOO_BUSY)) {
            counters.put(
                    reason,
                    Counter.builder("events.rejected")
                            .description("Events that were refused")
                            .tag("reason", reason.word())
                            .register(metrics));
        }
    }

    /** Counts events that were refused for a reason. */
    public void count(RejectionReason reason, int events) {
        counters.get(reason).increment(events);
    }
}
