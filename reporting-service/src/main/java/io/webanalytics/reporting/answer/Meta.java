package io.webanalytics.reporting.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.webanalytics.model.QueueSnapshot;
import io.webanalytics.reporting.count.ReportFigures;
import io.webanalytics.reporting.count.Sources;
import io.webanalytics.store.Interval;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How complete an answer is, and what it was counted from.
 *
 * @param completeThrough every event that was accepted up to this instant is counted, except dead letters; null until a
 *     processor has recorded it
 * @param pending events that were accepted but not yet stored at {@code as_of}
 * @param dead dead letters at {@code as_of}, which are not counted
 * @param asOf when the state of the queue was read, by Redis's clock
 * @param generatedAt when the answer was complete, by this service's clock
 * @param tookMs how long the report took, in ms
 * @param sources what the figures were counted from
 */
public record Meta(
        @JsonProperty("complete_through") @Nullable Instant completeThrough,
        @Nullable Long pending,
        @Nullable Long dead,
        @JsonProperty("as_of") @Nullable Instant asOf,
        @JsonProperty("generated_at") Instant generatedAt,
        @JsonProperty("took_ms") long tookMs,
        MetaSources sources) {

    /**
     * What the figures were counted from.
     *
     * @param rollupDays how many rollups of days
     * @param rollupHours how many rollups of hours
     * @param folded how many of these exceeded a bound: their rarest values are in {@code (other)}, or their users are estimated
     * @param raw the intervals whose events were read, the first hundred of them
     */
    public record MetaSources(
            @JsonProperty("rollup_days") int rollupDays,
            @JsonProperty("rollup_hours") int rollupHours,
            int folded,
            List<Interval> raw) {}

    public static Meta of(ReportFigures figures, Instant now, long tookMs) {
        QueueSnapshot snapshot = figures.snapshot();
        Sources from = figures.sources();
        MetaSources sources = new MetaSources(from.days(), from.hours(), from.folded(), from.raw());
        return snapshot == null
                ? new Meta(null, null, null, null, now, tookMs, sources)
                : new Meta(
                        snapshot.completeThrough(),
                        snapshot.pending(),
                        snapshot.dead(),
                        snapshot.asOf(),
                        now,
                        tookMs,
                        sources);
    }
}
