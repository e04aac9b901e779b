package io.webanalytics.processor;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.webanalytics.model.InvalidEventException;
import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.model.queue.EventQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The queue's figures as metrics: read once a second, not a number while Redis is away. */
@Component
final class QueueFigures {

    private volatile double length = Double.NaN;
    private volatile double oldestAgeMillis = Double.NaN;

    QueueFigures(MeterRegistry registry) {
        Gauge.builder("queue.length", this, figures -> figures.length)
                .description("Events that wait in the queue")
                .register(registry);
        TimeGauge.builder("queue.oldest.age", this, TimeUnit.MILLISECONDS, figures -> figures.oldestAgeMillis)
                .description("Time since the oldest queued event was received; 0 where none is queued")
                .register(registry);
    }

    void read(EventQueue queue) {
        length = queue.length();
        byte[] oldest = queue.oldest();
        oldestAgeMillis = oldest == null ? 0 : ageMillis(oldest);
    }

    void unknown() {
        length = Double.NaN;
        oldestAgeMillis = Double.NaN;
    }

    private static double ageMillis(byte[] element) {
        try {
            long receivedAt = QueuedEventFormat.decode(element).receivedAt().toEpochMilli();
            return Math.max(0, System.currentTimeMillis() - receivedAt);
        } catch (InvalidEventException e) {
            return Double.NaN; // not an event, about to be buried
        }
    }
}
