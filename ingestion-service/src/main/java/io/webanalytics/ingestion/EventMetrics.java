package io.webanalytics.ingestion;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.model.EventField;
import io.webanalytics.model.RejectionReason;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Counts the events that are rejected, and the accepted ones of which an attribute was cut. */
@Component
public class EventMetrics {

    private final Map<RejectionReason, Counter> rejected = new EnumMap<>(RejectionReason.class);
    private final Map<String, Counter> cut = new HashMap<>();

    EventMetrics(MeterRegistry metrics) {
        for (RejectionReason reason : EnumSet.range(RejectionReason.INVALID_JSON, RejectionReason.FORBIDDEN)) {
            rejected.put(
                    reason,
                    Counter.builder("events.rejected")
                            .description("Events that were refused")
                            .tag("reason", reason.word())
                            .register(metrics));
        }
        for (EventField field : EventField.ATTRIBUTES) {
            cut.put(
                    field.word(),
                    Counter.builder("events.cut")
                            .description("Accepted events of which an attribute was cut to what it may have")
                            .tag("field", field.word())
                            .register(metrics));
        }
    }

    /** Counts rejected events. A body in which no event can be recognized counts as one. */
    public void countRejected(RejectionReason reason, int events) {
        rejected.get(reason).increment(events);
    }

    /** @param fields the attributes that were cut, each once per cut */
    public void countCut(List<String> fields) {
        fields.forEach(field -> cut.get(field).increment());
    }
}
