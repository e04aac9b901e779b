package io.webanalytics.processor.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.webanalytics.model.EventRules;
import io.webanalytics.model.FieldError;
import io.webanalytics.processor.RollupMetrics;
import io.webanalytics.rollup.build.Rebuilder;
import io.webanalytics.rollup.build.Verifier;
import io.webanalytics.rollup.build.Verifier.Difference;
import io.webanalytics.rollup.build.Verifier.Report;
import io.webanalytics.service.InvalidParametersException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /rollups/…}: have them built again, or compare them with their events. Days are those of UTC. */
@RestController
@Tag(name = "Rollups")
class RollupController {

    private static final int MOST_DAYS = 366;
    private static final int MOST_DIFFERENCES = 1_000;

    private final Rebuilder rebuilder;
    private final Verifier verifier;
    private final RollupMetrics metrics;

    RollupController(Rebuilder rebuilder, Verifier verifier, RollupMetrics metrics) {
        this.rebuilder = rebuilder;
        this.verifier = verifier;
        this.metrics = metrics;
    }

    /**
     * What will be built again.
     *
     * @param siteId the site
     * @param from the first day
     * @param to the last day
     * @param marked how many hours
     */
    record Marked(@JsonProperty("site_id") String siteId, LocalDate from, LocalDate to, int marked) {}

    /**
     * What a comparison found.
     *
     * @param siteId the site
     * @param from the first day
     * @param to the last day
     * @param checked rollups that were compared
     * @param skipped rollups that are not in use now: their events are read, or those of their hours
     * @param differing how many figures differ
     * @param differences the first thousand of them
     */
    record Verified(
            @JsonProperty("site_id") String siteId,
            LocalDate from,
            LocalDate to,
            int checked,
            int skipped,
            int differing,
            List<Difference> differences) {}

    /**
     * Marks every hour that has events or a rollup. They are built soon after; reports read their events meanwhile.
     *
     * @param siteId the site
     * @param from the first day, of UTC, written as YYYY-MM-DD
     * @param to the last day, at most 365 days after the first
     */
    @PostMapping("/rollups/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Marked rebuild(
            @Parameter(required = true) @RequestParam(name = "site_id", required = false) @Nullable String siteId,
            @Parameter(required = true) @RequestParam(required = false) @Nullable String from,
            @Parameter(required = true) @RequestParam(required = false) @Nullable String to) {
        Range range = range(siteId, from, to);
        return new Marked(range.siteId, range.from, range.to, rebuilder.mark(range.siteId, range.start(), range.end()));
    }

    /**
     * Counts the events of every rollup again, which takes as long as that takes.
     *
     * @param siteId the site
     * @param from the first day, of UTC, written as YYYY-MM-DD
     * @param to the last day, at most 365 days after the first
     */
    @PostMapping("/rollups/verify")
    Verified verify(
            @Parameter(required = true) @RequestParam(name = "site_id", required = false) @Nullable String siteId,
            @Parameter(required = true) @RequestParam(required = false) @Nullable String from,
            @Parameter(required = true) @RequestParam(required = false) @Nullable String to) {
        Range range = range(siteId, from, to);
        Report report = verifier.verify(range.siteId, range.start(), range.end());
        int differing = report.differences().size();
        metrics.differed(differing);
        return new Verified(
                range.siteId,
                range.from,
                range.to,
                report.checked(),
                report.skipped(),
                differing,
                report.differences().subList(0, Math.min(differing, MOST_DIFFERENCES)));
    }

    private record Range(String siteId, LocalDate from, LocalDate to) {

        Instant start() {
            return from.atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        Instant end() {
            return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    private static Range range(@Nullable String siteId, @Nullable String from, @Nullable String to) {
        List<FieldError> errors = new ArrayList<>();
        String broken = siteId == null ? "is required" : EventRules.checkKey(siteId);
        if (broken != null) {
            errors.add(new FieldError("site_id", broken));
        }
        LocalDate first = day("from", from, errors);
        LocalDate last = day("to", to, errors);
        if (first != null
                && last != null
                && (last.isBefore(first) || ChronoUnit.DAYS.between(first, last) >= MOST_DAYS)) {
            errors.add(new FieldError("to", "must not be before from, nor " + MOST_DAYS + " days or more after it"));
        }
        if (!errors.isEmpty() || siteId == null || first == null || last == null) {
            throw new InvalidParametersException(errors);
        }
        return new Range(siteId, first, last);
    }

    private static @Nullable LocalDate day(String name, @Nullable String text, List<FieldError> errors) {
        if (text == null) {
            errors.add(new FieldError(name, "is required"));
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (text.length() == "2025-11-12".length() && day.getYear() >= 2000) {
                return day;
            }
        } catch (DateTimeException e) {
            // falls through to the refusal
        }
        errors.add(new FieldError(name, "must be a day of UTC since 2000, written as YYYY-MM-DD"));
        return null;
    }
}
