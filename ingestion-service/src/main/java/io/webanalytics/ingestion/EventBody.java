package io.webanalytics.ingestion;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.webanalytics.model.EventRules;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event, as senders write it: one JSON object of at most 64 KiB. Unknown fields are ignored, and {@code null} is the same as left
 * out. A character is a Unicode code point. Referrer, session and properties are cut to what they may have; all else is refused where
 * it breaks its rule.
 *
 * @param siteId the site
 * @param eventType what happened; {@code page_view} is a view
 * @param path where on the site; stored as sent
 * @param userId the visitor
 * @param timestamp when it happened, with {@code Z} or an offset, as RFC 3339 and ISO 8601 write it: from 2000 to 5 minutes in the
 *     future, kept to the millisecond
 * @param eventId your own key for this event. An event that repeats {@code site_id}, {@code event_id} and {@code timestamp}
 *     is counted once, so it is safe to send it again until it is acknowledged
 * @param referrer the page that the visitor came from. Empty, as browsers have it for a direct visit, is the same as left out. Cut
 *     after 2,048 characters, or to its host
 * @param sessionId the visit. Cut after 128 characters
 * @param properties what else there is to say. The first 30 are kept, with keys of at most 64 characters, which are not empty, do not
 *     start with {@code $} and do not contain {@code .}; numbers are written in at most 64 characters
 */
@Schema(name = "Event") // only described here: EventParser reads it
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventBody(
        @JsonProperty("site_id") @Size(min = 1, max = EventRules.MAX_KEY) @Pattern(regexp = KEY)
        String siteId,

        @JsonProperty("event_type") @Size(min = 1, max = EventRules.MAX_KEY) @Pattern(regexp = KEY)
        String eventType,

        @Size(min = 1, max = EventRules.MAX_PATH) @Pattern(regexp = "^/")
        String path,

        @JsonProperty("user_id") @Size(min = 1, max = EventRules.MAX_USER_ID)
        String userId,

        OffsetDateTime timestamp,

        @JsonProperty("event_id") @Size(min = 1, max = EventRules.MAX_KEY) @Pattern(regexp = KEY) @Nullable
        String eventId,

        @Nullable String referrer,

        @JsonProperty("session_id") @Nullable String sessionId,

        @Schema(additionalPropertiesSchema = PropertyValue.class) @Nullable
        Map<String, Object> properties) {

    private static final String KEY = "^[A-Za-z0-9._:-]+$";

    /** A string, which is cut after 500 characters, a number, true or false. */
    @Schema(types = {"string", "number", "boolean"})
    private static final class PropertyValue {}
}
