package io.webanalytics.processor.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.webanalytics.rollup.build.Verifier.Difference;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison has found so far.
 *
 * @param id its id
 * @param state {@code running}, {@code done}, {@code ended} on request before it was done, or {@code failed}
 * @param siteId the site
 * @param from the first day
 * @param to the last day
 * @param through the last day that is done; null before the first is
 * @param checked rollups that were compared
 * @param skipped rollups that are not in use now: their events are read, or those of their hours
 * @param differing how many figures differ
 * @param differences the first thousand of them
 * @param begunAt when it began
 * @param endedAt when it was done, ended, or failed; null while it runs
 * @param error why it failed; null where it did not
 */
record VerificationReport(
        String id,
        State state,
        @JsonProperty("site_id") String siteId,
        LocalDate from,
        LocalDate to,
        @Nullable LocalDate through,
        int checked,
        int skipped,
        int differing,
        List<Difference> differences,
        @JsonProperty("begun_at") Instant begunAt,
        @JsonProperty("ended_at") @Nullable Instant endedAt,
        @Nullable String error) {

    /** What became of it. */
    enum State {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("done")
        DONE,
        @JsonProperty("ended")
        ENDED,
        @JsonProperty("failed")
        FAILED
    }
}
