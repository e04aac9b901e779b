package io.webanalytics.reporting.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.webanalytics.sites.Site;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A site and its settings. Who may only read the figures sees no others than its id, name, time zone, and whether it is public.
 *
 * @param siteId the id that its events have
 * @param name the name that people see
 * @param timezone the time zone of its days, an IANA name
 * @param hostnames the host names whose pages may send events; empty for any (stored, and not checked yet)
 * @param retentionDays after how many days its events are deleted; missing for never
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
        @JsonProperty("created_at") @Nullable Instant createdAt) {

    static SiteSettings all(Site site) {
        return new SiteSettings(
                site.siteId(),
                site.name(),
                site.timezone(),
                site.hostnames(),
                site.retentionDays(),
                site.isPublic(),
                site.createdAt());
    }

    static SiteSettings forReaders(Site site) {
        return new SiteSettings(site.siteId(), site.name(), site.timezone(), null, null, site.isPublic(), null);
    }

    /**
     * A site to make.
     *
     * @param siteId the id that its events have
     * @param name the name that people see; the id if missing
     * @param timezone the time zone of its days, an IANA name; UTC if missing
     * @param hostnames the host names whose pages may send events; empty or missing for any
     * @param retentionDays after how many days its events are deleted; null or missing for never
     * @param isPublic whether everybody may read its figures; false if missing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NewSite(
            @JsonProperty("site_id") String siteId,
            @Nullable String name,
            @Nullable String timezone,
            @Nullable List<String> hostnames,
            @JsonProperty("retention_days") @Nullable Integer retentionDays,
            @JsonProperty("public") @Nullable Boolean isPublic) {}

    /**
     * What to change of a site. What is missing stays.
     *
     * @param name the name that people see
     * @param timezone the time zone of its days, an IANA name
     * @param hostnames the host names whose pages may send events; empty for any (stored, and not checked yet)
     * @param retentionDays after how many days its events are deleted; null for never (stored, and not carried out yet)
     * @param isPublic whether everybody may read its figures
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SiteChanges(
            @Nullable String name,
            @Nullable String timezone,
            @Nullable List<String> hostnames,
            @JsonProperty("retention_days") @Nullable Integer retentionDays,
            @JsonProperty("public") @Nullable Boolean isPublic) {}
}
