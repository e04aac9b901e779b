package io.webanalytics.processor.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.webanalytics.rollup.build.Rebuilder;
import java.net.URI;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /rollups/…}: have rollups built again, or compare them with their events. Days are those of UTC. */
@RestController
@Tag(name = "Rollups")
class RollupController {

    static final String VERIFICATIONS = "/rollups/verify/";

    private final Rebuilder rebuilder;
    private final Verifications verifications;

    RollupController(Rebuilder rebuilder, Verifications verifications) {
        this.rebuilder = rebuilder;
        this.verifications = verifications;
    }

    /**
     * The rollups that will be built again.
     *
     * @param siteId the site
     * @param from the first day
     * @param to the last day
     * @param marked how many hours
     */
    record Marked(@JsonProperty("site_id") String siteId, LocalDate from, LocalDate to, int marked) {}

    /**
     * Marks every hour that has events or a rollup dirty. Its rollup is built soon after; reports read its events meanwhile.
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
        SiteDays days = SiteDays.parse(siteId, from, to);
        return new Marked(
                days.siteId(), days.from(), days.to(), rebuilder.mark(days.siteId(), days.start(), days.end()));
    }

    /**
     * Begins to count the events of every rollup again, and to compare. {@code Location} names the comparison, whose progress can
     * be read there. Each process runs one at a time.
     *
     * @param siteId the site
     * @param from the first day, of UTC, written as YYYY-MM-DD
     * @param to the last day, at most 365 days after the first
     */
    @PostMapping("/rollups/verify")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @ApiResponse(responseCode = "202", description = "It has begun.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "Another one runs, which the answer names.")
    ResponseEntity<VerificationReport> verify(
            @Parameter(required = true) @RequestParam(name = "site_id", required = false) @Nullable String siteId,
            @Parameter(required = true) @RequestParam(required = false) @Nullable String from,
            @Parameter(required = true) @RequestParam(required = false) @Nullable String to) {
        VerificationReport begun = verifications.begin(SiteDays.parse(siteId, from, to));
        return ResponseEntity.accepted()
                .location(URI.create(VERIFICATIONS + begun.id()))
                .body(begun);
    }

    /**
     * Returns how far a comparison is, and what it has found. A process keeps its last ten comparisons.
     *
     * @param id the id of the comparison
     */
    @GetMapping(VERIFICATIONS + "{id}")
    VerificationReport verification(@PathVariable String id) {
        return find(id).report();
    }

    /**
     * Ends a comparison. Its findings stay.
     *
     * @param id the id of the comparison
     */
    @DeleteMapping(VERIFICATIONS + "{id}")
    VerificationReport endVerification(@PathVariable String id) {
        Verification verification = find(id);
        verification.end();
        return verification.report();
    }

    private Verification find(String id) {
        Verification found = verifications.find(id);
        if (found == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such comparison (any more).");
        }
        return found;
    }
}
