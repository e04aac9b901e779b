package io.webanalytics.reporting.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.webanalytics.model.EventRules;
import io.webanalytics.model.FieldError;
import io.webanalytics.service.access.CurrentRegistry;
import io.webanalytics.service.access.Guard;
import io.webanalytics.sites.Permission;
import io.webanalytics.sites.Registry;
import io.webanalytics.sites.Site;
import io.webanalytics.store.sites.KeyStore;
import io.webanalytics.store.sites.SiteStore;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The sites and their settings. */
@RestController
@Tag(name = "Sites")
class SiteController {

    private final SiteStore sites;
    private final KeyStore keys;
    private final CurrentRegistry registry;
    private final Guard guard;
    private final Clock clock;

    SiteController(SiteStore sites, KeyStore keys, CurrentRegistry registry, Guard guard, Clock clock) {
        this.sites = sites;
        this.keys = keys;
        this.registry = registry;
        this.guard = guard;
        this.clock = clock;
    }

    /**
     * A site and its settings. Who may only read the figures sees no others than its id, name, time zone, and whether it is public.
     *
     * @param siteId the id that its events have
     * @param name the name that people see
     * @param timezone the time zone of its days, an IANA name
     * @param hostnames the host names whose pages may send events; empty for any
     * @param retentionDays after how many days its events are deleted; null for never
     * @param isPublic whether everybody may read its figures
     * @param createdAt when it was made
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SiteSettings(
            @JsonProperty("site_id") String siteId,
            String name,
            String timezone,
            @Nullable List<String> hostnames,
            @JsonProperty("retention_days") @Nullable Integer retentionDays,
            @JsonProperty("public") boolean isPublic,
            @JsonProperty("created_at") @Nullable Instant createdAt) {}

    /**
     * Sites.
     *
     * @param sites in the order of their ids
     */
    record SiteList(List<SiteSettings> sites) {}

    /** Lists the sites whose figures the caller may read. */
    @GetMapping("/sites")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SiteList.class)))
    SiteList list() {
        return new SiteList(sites.all().stream()
                .filter(site -> guard.allows(Permission.READ, site.siteId()))
                .map(this::settings)
                .toList());
    }

    /** Makes a site. Without a name, it is called by its id. */
    @PostMapping("/sites")
    @Operation(
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = SiteSettings.class))))
    @ApiResponse(
            responseCode = "201",
            description = "The site is made.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SiteSettings.class)))
    @ApiResponse(responseCode = "409", description = "There is a site of that id, or of the same id in other letters.")
    ResponseEntity<SiteSettings> create(HttpServletRequest request) {
        Fields fields = Fields.of(request).require("site_id");
        String siteId = fields.text("site_id", id -> EventRules.checkKey(id) == null, EventRules.KEY_ALPHABET, "");
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Site site = read(fields, new Site(siteId, siteId, "UTC", List.of(), null, false, now));
        String similar = sites.similar(siteId);
        if (similar != null || !add(site)) {
            throw new ConflictException("There is a site " + (similar == null ? siteId : similar) + " already.");
        }
        registry.refresh();
        return ResponseEntity.created(URI.create("/sites/" + siteId)).body(settings(site));
    }

    private boolean add(Site site) {
        if (sites.count() >= Registry.MOST_SITES) {
            throw new ConflictException("There are " + Registry.MOST_SITES + " sites, as many as there may be.");
        }
        return sites.add(site);
    }

    /** Returns a site and its settings. */
    @GetMapping("/sites/{site_id}")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SiteSettings.class)))
    SiteSettings get(@PathVariable("site_id") String siteId) {
        return settings(find(siteId));
    }

    /** Changes the settings that are given, and leaves the others. */
    @PatchMapping("/sites/{site_id}")
    @Operation(
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = SiteSettings.class))))
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SiteSettings.class)))
    @ApiResponse(responseCode = "409", description = "Somebody else changed the site at the same time.")
    SiteSettings change(@PathVariable("site_id") String siteId, HttpServletRequest request) {
        Fields fields = Fields.of(request);
        Site before = find(siteId);
        Site after = read(fields, before);
        if (!sites.replace(before, after)) {
            throw new ConflictException("Somebody else changed this site at the same time. Try again.");
        }
        registry.refresh();
        return settings(after);
    }

    /** Returns a site with the settings that are given, and with those of {@code otherwise} for the others. */
    private static Site read(Fields fields, Site otherwise) {
        Site site = new Site(
                otherwise.siteId(),
                fields.text("name", Rules::isName, Rules.NAME, otherwise.name()),
                fields.text("timezone", Rules::isTimeZone, Rules.TIMEZONE, otherwise.timezone()),
                fields.read("hostnames", Rules::hostnames, Rules.HOSTNAMES, otherwise.hostnames()),
                retention(fields, otherwise.retentionDays()),
                fields.read("public", Rules::truth, Rules.TRUTH, otherwise.isPublic()),
                otherwise.createdAt());
        fields.check();
        return site;
    }

    private static @Nullable Integer retention(Fields fields, @Nullable Integer otherwise) {
        return fields.isNull("retention_days")
                ? null
                : fields.read("retention_days", Rules::days, Rules.RETENTION_DAYS, otherwise);
    }

    /**
     * Removes a site's settings, and its keys. Its events stay.
     *
     * @param confirm the site's id once more, against removing the wrong one
     */
    @DeleteMapping("/sites/{site_id}")
    @ApiResponse(responseCode = "204", description = "The site is removed.", content = @Content)
    ResponseEntity<Void> remove(
            @PathVariable("site_id") String siteId,
            @RequestParam(name = "confirm", required = false) @Nullable String confirm) {
        if (!siteId.equals(confirm)) {
            throw new InvalidFieldsException(
                    List.of(new FieldError("confirm", "must be the id of the site that is to be removed")));
        }
        if (!sites.remove(siteId)) {
            throw notThere();
        }
        keys.removeSite(siteId, clock.instant());
        registry.refresh();
        return ResponseEntity.noContent().build();
    }

    private Site find(String siteId) {
        Site site = sites.find(siteId);
        if (site == null) {
            throw notThere();
        }
        return site;
    }

    private static NotThereException notThere() {
        return new NotThereException("There is no site of this id.");
    }

    private SiteSettings settings(Site site) {
        boolean all = guard.allows(Permission.MANAGE, site.siteId());
        return new SiteSettings(
                site.siteId(),
                site.name(),
                site.timezone(),
                all ? site.hostnames() : null,
                all ? site.retentionDays() : null,
                site.isPublic(),
                all ? site.createdAt() : null);
    }
}
