package io.webanalytics.ingestion.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.model.EventField;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Counts the accepted events of which an attribute was cut, by attribute. */
@Component
class Cuts {

    private final Map<String, Counter> counters;

    Cuts(MeterRegistry metrics) {
        counters = EventField.ATTRIBUTES.stream()
                .map(EventField::word)
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        field -> Counter.builder("events.cut")
                                .description("Accepted events of which an attribute was cut to what it may have")
                                .tag("field", field)
                                .register(metrics)));
    }

    /** @param fields the attributes that were cut, each as often as it was */
    void count(List<String> fields) {
        fields.forEach(field -> counters.get(field).increment());
    }
}
