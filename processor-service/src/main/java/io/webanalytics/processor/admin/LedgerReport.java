package io.webanalytics.processor.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.webanalytics.model.queue.Ledger;
import io.webanalytics.model.queue.Ledger.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code GET /ledger}: the sums over all partitions, and each partition as it was at an instant of its own.
 *
 * @param balanced whether every partition balances, and so the sums do
 */
record LedgerReport(
        boolean balanced,
        long accepted,
        long settled,
        long discarded,
        long dead,
        @JsonProperty("in_flight") long inFlight,
        long queued,
        @JsonProperty("oldest_queued_age_ms") @Nullable Long oldestQueuedAgeMs,
        List<PartitionReport> partitions) {

    /** One partition, read in one atomic step. */
    record PartitionReport(
            String partition,
            @JsonProperty("as_of") Instant asOf,
            boolean balanced,
            long accepted,
            long settled,
            long discarded,
            long dead,
            @JsonProperty("in_flight") long inFlight,
            long queued,
            @JsonProperty("oldest_queued_age_ms") @Nullable Long oldestQueuedAgeMs,
            List<Worker> workers) {}

    /** A worker that holds a batch; its lease has ended where the rest is negative. */
    record Worker(
            String worker,
            long claim,
            long events,
            @JsonProperty("lease_ends_in_ms") long leaseEndsInMs) {}

    static LedgerReport of(List<Ledger> ledgers) {
        return new LedgerReport(
                ledgers.stream().allMatch(Ledger::balanced),
                sum(ledgers, Ledger::accepted),
                sum(ledgers, Ledger::settled),
                sum(ledgers, Ledger::discarded),
                sum(ledgers, Ledger::dead),
                sum(ledgers, Ledger::inFlight),
                sum(ledgers, Ledger::queued),
                ledgers.stream()
                        .map(LedgerReport::ageMillis)
                        .filter(Objects::nonNull)
                        .max(Long::compare)
                        .orElse(null),
                ledgers.stream().map(LedgerReport::partition).toList());
    }

    private static PartitionReport partition(Ledger ledger) {
        return new PartitionReport(
                ledger.partition(),
                ledger.asOf(),
                ledger.balanced(),
                ledger.accepted(),
                ledger.settled(),
                ledger.discarded(),
                ledger.dead(),
                ledger.inFlight(),
                ledger.queued(),
                ageMillis(ledger),
                ledger.holders().stream()
                        .map(holder -> worker(holder, ledger.asOf()))
                        .toList());
    }

    private static Worker worker(Holder holder, Instant asOf) {
        long rest = Duration.between(asOf, holder.leaseEnds()).toMillis();
        return new Worker(holder.worker(), holder.claim(), holder.events(), rest);
    }

    private static @Nullable Long ageMillis(Ledger ledger) {
        Duration age = ledger.oldestAge();
        return age == null ? null : age.toMillis();
    }

    private static long sum(List<Ledger> ledgers, ToLongFunction<Ledger> figure) {
        return ledgers.stream().mapToLong(figure).sum();
    }
}
