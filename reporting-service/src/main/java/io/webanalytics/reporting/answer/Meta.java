package io.webanalytics.reporting.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.webanalytics.model.QueueSnapshot;
import io.webanalytics.reporting.count.Figures;
import io.webanalytics.reporting.count.Sources;
import io.webanalytics.store.Interval;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How complete an answer is, and where it comes from.
 *
 * @param completeThrough every event that was accepted up to this instant is counted, dead letters excepted; null where no
 *     processor has said so yet
 * @param pending events that were accepted and not stored at {@code as_of}
 * @param dead dead letters at {@code as_of}: counted nowhere
 * @param asOf when the queue was looked at, by Redis's clock
 * @param generatedAt when the answer was complete, by this service's clock
 * @param tookMs how long that took, in ms
 * @param sources what was counted from what
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
     * What was counted from what.
     *
     * @param rollupDays rollups of days
     * @param rollupHours rollups of hours
     * @param folded how many of these had too much to be told apart: the rarest values are {@code (other)}, and users estimated
     * @param raw stretches of time whose events were read, the first hundred of them
     */
    public record MetaSources(
            @JsonProperty("rollup_days") int rollupDays,
            @JsonProperty("rollup_hours") int rollupHours,
            int folded,
            List<Interval> raw) {}

    public static Meta of(Figures figures, Instant now, long tookMs) {
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
