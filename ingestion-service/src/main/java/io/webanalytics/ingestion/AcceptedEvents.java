package io.webanalytics.ingestion;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.webanalytics.model.Outage;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.QueueException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.springframework.stereotype.Component;

/** Pushes events and counts those that Redis acknowledged. */
@Component
class AcceptedEvents {

    private final EventQueue queue;
    private final Counter accepted;
    private final Outage redis = new Outage("Redis");

    AcceptedEvents(EventQueue queue, MeterRegistry metrics) {
        this.queue = queue;
        this.accepted = Counter.builder("events.accepted")
                .description("Events that Redis acknowledged")
                .register(metrics);
    }

    CompletionStage<Long> push(List<byte[]> elements) {
        return queue.accept(elements).whenComplete((length, failure) -> {
            if (failure == null) {
                accepted.increment(elements.size());
                redis.worked();
            } else {
                redis.failed(String.valueOf(QueueException.of(failure).getMessage()));
            }
        });
    }
}
