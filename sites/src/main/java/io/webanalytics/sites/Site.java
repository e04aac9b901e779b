package io.webanalytics.sites;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A site and its settings.
 *
 * @param siteId the id that its events have
 * @param name the name that people see
 * @param timezone the time zone of its days, an IANA name
 * @param hostnames the host names whose pages may send events; empty for any (stored, and not checked yet)
 * @param retentionDays after how many days its events are deleted; null for never (stored, and not carried out yet)
 * @param isPublic whether everybody may read its figures
 * @param createdAt when it was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Site(
        String siteId,
        String name,
        String timezone,
        List<String> hostnames,
        @Nullable Integer retentionDays,
        @JsonProperty("public") boolean isPublic,
        Instant createdAt) {

    public Site {
        Objects.requireNonNull(siteId);
        Objects.requireNonNull(name);
        Objects.requireNonNull(timezone);
        Objects.requireNonNull(createdAt);
        hostnames = List.copyOf(hostnames);
    }
}
