package io.webanalytics.processor.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.webanalytics.queue.Ledger;
import io.webanalytics.queue.Ledger.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code GET /ledger}: the sums over all partitions, and each partition as it was at an instant of its own.
 *
 * @param partitions each of them
 */
record LedgerReport(@JsonUnwrapped Figures figures, List<PartitionReport> partitions) {

    /**
     * The figures of one partition, or their sums.
     *
     * @param balanced whether every partition balances, and so the sums do
     * @param accepted events that Redis acknowledged, ever
     * @param settled events that MongoDB acknowledged, repeated ones included
     * @param discarded dead letters that an operator deleted
     * @param dead dead letters
     * @param inFlight events that workers hold
     * @param queued events that wait
     * @param oldestQueuedAgeMs for how long the next of them has waited, in ms; null where none waits
     */
    record Figures(
            boolean balanced,
            long accepted,
            long settled,
            long discarded,
            long dead,
            @JsonProperty("in_flight") long inFlight,
            long queued,
            @JsonProperty("oldest_queued_age_ms") @Nullable Long oldestQueuedAgeMs) {

        static Figures of(List<Ledger> ledgers) {
            return new Figures(
                    ledgers.stream().allMatch(Ledger::balanced),
                    sum(ledgers, Ledger::accepted),
                    sum(ledgers, Ledger::settled),
                    sum(ledgers, Ledger::discarded),
                    sum(ledgers, Ledger::dead),
                    sum(ledgers, Ledger::inFlight),
                    sum(ledgers, Ledger::queued),
                    ledgers.stream()
                            .map(Ledger::oldestAge)
                            .filter(Objects::nonNull)
                            .map(Duration::toMillis)
                            .max(Long::compare)
                            .orElse(null));
        }

        private static long sum(List<Ledger> ledgers, ToLongFunction<Ledger> figure) {
            return ledgers.stream().mapToLong(figure).sum();
        }
    }

    /**
     * One partition, read in one atomic step.
     *
     * @param partition its name
     * @param asOf when that was, by Redis's clock
     * @param workers those that hold a batch
     */
    record PartitionReport(
            String partition,
            @JsonProperty("as_of") Instant asOf,
            @JsonUnwrapped Figures figures,
            List<Worker> workers) {

        static PartitionReport of(Ledger ledger) {
            List<Worker> workers = ledger.holders().stream()
                    .map(holder -> Worker.of(holder, ledger.asOf()))
                    .toList();
            return new PartitionReport(ledger.partition(), ledger.asOf(), Figures.of(List.of(ledger)), workers);
        }
    }

    /**
     * A worker that holds a batch.
     *
     * @param worker its name
     * @param claim the number of the claim under which it holds them
     * @param events how many it holds
     * @param leaseEndsInMs how long its lease lasts, in ms; below 0 where it has ended
     */
    record Worker(
            String worker,
            long claim,
            long events,
            @JsonProperty("lease_ends_in_ms") long leaseEndsInMs) {

        static Worker of(Holder holder, Instant asOf) {
            long rest = Duration.between(asOf, holder.leaseEnds()).toMillis();
            return new Worker(holder.worker(), holder.claim(), holder.events(), rest);
        }
    }

    static LedgerReport of(List<Ledger> ledgers) {
        return new LedgerReport(
                Figures.of(ledgers), ledgers.stream().map(PartitionReport::of).toList());
    }
}
