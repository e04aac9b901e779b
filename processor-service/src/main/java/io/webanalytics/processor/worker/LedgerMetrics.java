package io.webanalytics.processor.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.Ledger;
import io.webanalytics.queue.Ledger.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** The ledger as metrics: read once a second, and not a number (NaN) while Redis cannot be read. */
@Component
final class LedgerMetrics {

    private static final Map<String, ToDoubleFunction<Ledger>> FIGURES = Map.of(
            "accepted", Ledger::accepted,
            "settled", Ledger::settled,
            "discarded", Ledger::discarded,
            "dead", Ledger::dead,
            "in_flight", Ledger::inFlight,
            "queued", Ledger::queued);

    private final Map<String, Ledger> last = new ConcurrentHashMap<>();

    LedgerMetrics(MeterRegistry registry, List<EventQueue> partitions) {
        for (EventQueue queue : partitions) {
            register(registry, queue.partition());
        }
    }

    void read(Ledger ledger) {
        last.put(ledger.partition(), ledger);
    }

    void unknown(String partition) {
        last.remove(partition);
    }

    private void register(MeterRegistry registry, String partition) {
        FIGURES.forEach((figure, read) -> Gauge.builder("ledger.events", () -> value(partition, read))
                .description("Where every accepted event is: accepted is the sum of the other figures")
                .tag("figure", figure)
                .tag("partition", partition)
                .register(registry));
        Gauge.builder("ledger.balanced", () -> value(partition, ledger -> ledger.balanced() ? 1 : 0))
                .description("1 while everything accepted is accounted for, which is always; 0 is a defect")
                .tag("partition", partition)
                .register(registry);
        Gauge.builder(
                        "ledger.holders",
                        () -> value(partition, ledger -> ledger.holders().size()))
                .description("Workers that hold a batch")
                .tag("partition", partition)
                .register(registry);
        TimeGauge.builder(
                        "ledger.lease.shortest",
                        () -> value(partition, LedgerMetrics::shortestLease),
                        TimeUnit.MILLISECONDS)
                .description("What is left of the lease that ends first, below 0 where it has ended; 0 without holders")
                .tag("partition", partition)
                .register(registry);
        TimeGauge.builder("queue.oldest.age", () -> value(partition, LedgerMetrics::oldestAge), TimeUnit.MILLISECONDS)
                .description("Time since the next event to be claimed was received; 0 where none is queued")
                .tag("partition", partition)
                .register(registry);
    }

    private double value(String partition, ToDoubleFunction<Ledger> figure) {
        Ledger ledger = last.get(partition);
        return ledger == null ? Double.NaN : figure.applyAsDouble(ledger);
    }

    private static double shortestLease(Ledger ledger) {
        return ledger.holders().stream()
                .map(Holder::leaseEnds)
                .min(Instant::compareTo)
                .map(end -> Duration.between(ledger.asOf(), end).toMillis())
                .orElse(0L);
    }

    private static double oldestAge(Ledger ledger) {
        Duration age = ledger.oldestAge();
        return age == null ? 0 : age.toMillis();
    }
}
