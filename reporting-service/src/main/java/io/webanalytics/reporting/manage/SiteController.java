package io.webanalytics.reporting.manage;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.webanalytics.reporting.manage.SiteSettings.NewSite;
import io.webanalytics.reporting.manage.SiteSettings.SiteChanges;
import io.webanalytics.service.access.CurrentRegistry;
import io.webanalytics.service.access.Guard;
import io.webanalytics.sites.Permission;
import io.webanalytics.sites.Registry;
import io.webanalytics.sites.Site;
import io.webanalytics.store.sites.AccountStore;
import io.webanalytics.store.sites.KeyStore;
import io.webanalytics.store.sites.SiteStore;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The sites and their settings. */
@RestController
@Tag(name = "Sites")
class SiteController {

    private final SiteStore sites;
    private final KeyStore keys;
    private final AccountStore accounts;
    private final CurrentRegistry registry;
    private final Guard guard;
    private final Clock clock;

    SiteController(
            SiteStore sites, KeyStore keys, AccountStore accounts, CurrentRegistry registry, Guard guard, Clock clock) {
        this.sites = sites;
        this.keys = keys;
        this.accounts = accounts;
        this.registry = registry;
        this.guard = guard;
        this.clock = clock;
    }

    /**
     * Sites.
     *
     * @param sites in the order of their ids
     */
    record SiteList(List<SiteSettings> sites) {}

    /** Lists the sites whose figures the caller may read. */
    @GetMapping("/sites")
    SiteList listSites() {
        return new SiteList(sites.all().stream()
                .filter(site -> guard.allows(Permission.READ, site.siteId()))
                .map(this::settings)
                .toList());
    }

    /** Makes a site. */
    @PostMapping(path = "/sites", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "201", description = "The site is made.", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "409",
            description =
                    "There is a site of that id, or of the same id in other letters, or as many as there may be, or no room.")
    ResponseEntity<SiteSettings> createSite(@RequestBody Fields<NewSite> fields) {
        fields.require("site_id");
        String siteId = fields.text("site_id", Rules::isSiteId, Rules.SITE_ID, "");
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Site site = read(fields, new Site(siteId, siteId, "UTC", List.of(), null, false, now));
        if (sites.count() >= Registry.MOST_SITES) {
            throw ConflictException.full(Registry.MOST_SITES, "sites");
        }
        Rules.requireRoom(registry.get());
        String similar = sites.similar(siteId);
        if (similar != null || !sites.add(site)) {
            throw new ConflictException("There is a site " + (similar == null ? siteId : similar) + " already.");
        }
        registry.refresh();
        return ResponseEntity.created(URI.create("/sites/" + siteId)).body(settings(site));
    }

    /**
     * Returns a site and its settings.
     *
     * @param siteId the id of the site
     */
    @GetMapping("/sites/{site_id}")
    SiteSettings getSite(@PathVariable("site_id") String siteId) {
        return settings(find(siteId));
    }

    /**
     * Changes the settings that are given, and leaves the others.
     *
     * @param siteId the id of the site
     */
    @PatchMapping(path = "/sites/{site_id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "200", description = "The site as it is now.", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "409",
            description = "Somebody else changed the site at the same time, or there is no room for longer settings.")
    SiteSettings changeSite(@PathVariable("site_id") String siteId, @RequestBody Fields<SiteChanges> fields) {
        Site before = find(siteId);
        Site after = read(fields, before);
        if (fields.has("name") || fields.has("hostnames")) { // the others add nothing, and must be changed at any time
            Rules.requireRoom(registry.get());
        }
        if (!sites.replace(before, after)) {
            throw ConflictException.changed("site");
        }
        registry.refresh();
        return settings(after);
    }

    /** Returns a site with the settings that are given, and with those of {@code otherwise} for the others. */
    private Site read(Fields<?> fields, Site otherwise) {
        Site site = new Site(
                otherwise.siteId(),
                fields.text("name", Rules::isName, Rules.NAME, otherwise.name()),
                fields.text("timezone", Rules::isTimeZone, Rules.TIMEZONE.rule(), otherwise.timezone()),
                fields.read("hostnames", Rules::hostnames, Rules.HOSTNAMES, otherwise.hostnames()),
                retention(fields, otherwise.retentionDays()),
                fields.read("public", Rules::truth, Rules.TRUTH, otherwise.isPublic()),
                otherwise.createdAt());
        fields.check();
        if (site.isPublic() && !otherwise.isPublic()) {
            requireManager(site); // it stays public when the system is closed
        }
        return site;
    }

    private void requireManager(Site site) {
        if (!guard.allowsEvenIfOpen(Permission.MANAGE, site.siteId())) {
            throw guard.refusal();
        }
    }

    private static @Nullable Integer retention(Fields<?> fields, @Nullable Integer otherwise) {
        return fields.isNull("retention_days")
                ? null
                : fields.read("retention_days", Rules::days, Rules.RETENTION_DAYS, otherwise);
    }

    /**
     * Removes a site's settings, its keys, and the roles on it. Its events stay.
     *
     * @param siteId the id of the site
     * @param confirm the site's id once more, against removing the wrong one
     */
    @DeleteMapping("/sites/{site_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeSite(
            @PathVariable("site_id") String siteId, @RequestParam(name = "confirm", defaultValue = "") String confirm) {
        if (!siteId.equals(confirm)) {
            throw new InvalidFieldsException("confirm", "must be the id of the site that is to be removed");
        }
        find(siteId);
        removeAccess(siteId); // before the site: what fails halfway can be repeated
        sites.remove(siteId);
        removeAccess(siteId); // after it, too: some may have been given meanwhile
        registry.refresh();
    }

    private void removeAccess(String siteId) {
        keys.removeSite(siteId, clock.instant());
        accounts.removeSite(siteId);
    }

    private Site find(String siteId) {
        Site site = sites.find(siteId);
        if (site == null) {
            throw NotThereException.site();
        }
        return site;
    }

    private SiteSettings settings(Site site) {
        return guard.allows(Permission.MANAGE, site.siteId()) ? SiteSettings.all(site) : SiteSettings.forReaders(site);
    }
}
