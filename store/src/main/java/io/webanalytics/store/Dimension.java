package io.webanalytics.store;

import io.webanalytics.model.AddedFields;
import io.webanalytics.model.EventField;
import io.webanalytics.model.Referrers;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What events are grouped and filtered by. Each dimension is defined here and nowhere else: the parameters of the reports, the
 * parts of the rollups and the comparisons of a verification derive from this list.
 */
public enum Dimension {
    PATH(EventField.PATH.word(), Dimension.OTHER, FilterRule.path()),
    EVENT_TYPE(EventField.EVENT_TYPE.word(), Dimension.OTHER, FilterRule.eventType()),
    /** The host that visitors came from. */
    REFERRER(AddedFields.REFERRER_HOST, Referrers.DIRECT, FilterRule.referrer()),
    /** The hour of the day in a time zone, 00 to 23. */
    HOUR_OF_DAY(Dimension::hour),
    /** The day of the week in a time zone, 1 for Monday to 7. */
    WEEKDAY(local -> String.valueOf(local.getDayOfWeek().getValue()));

    /** Stands for all values that are not counted separately. No path, host or type has this spelling. */
    public static final String OTHER = Referrers.OTHER;

    private final String word = name().toLowerCase(Locale.ROOT);
    private final String field;
    private final String missing;
    private final @Nullable FilterRule filterRule;
    private final @Nullable Function<LocalDateTime, String> ofTime;

    Dimension(String field, String missing, FilterRule filterRule) {
        this.field = field;
        this.missing = missing;
        this.filterRule = filterRule;
        this.ofTime = null;
    }

    Dimension(Function<LocalDateTime, String> ofTime) {
        this.field = EventField.TIMESTAMP.word();
        this.missing = "";
        this.filterRule = null;
        this.ofTime = ofTime;
    }

    /** Returns its name in lower case, as requests and figures spell it. */
    public String word() {
        return word;
    }

    /** Whether it derives from the time, and so always has the same few values. */
    public boolean isOfTime() {
        return ofTime != null;
    }

    /** Returns the field of an event that the value derives from. */
    public String field() {
        return field;
    }

    /** Returns what stands in reports for the value of an event that does not have the field. */
    public String missing() {
        return missing;
    }

    /** Returns the rule for filters on it; empty if there are none. */
    public Optional<FilterRule> filterRule() {
        return Optional.ofNullable(filterRule);
    }

    /** Returns the value of an event, unless this is {@link #isOfTime of the time}; null if the event has none. */
    public @Nullable String valueOf(StoredEvent event) {
        return event.text(field);
    }

    /** Returns the value of an event; {@link #missing} if it has none. */
    public String valueOf(StoredEvent event, ZoneId zone) {
        return ofTime != null ? valueOf(event.timestamp(), zone) : Objects.requireNonNullElse(valueOf(event), missing);
    }

    /** Returns the value of an instant, if this is {@link #isOfTime of the time}. */
    public String valueOf(Instant instant, ZoneId zone) {
        return Objects.requireNonNull(ofTime).apply(LocalDateTime.ofInstant(instant, zone));
    }

    private static String hour(LocalDateTime local) {
        int hour = local.getHour();
        return hour < 10 ? "0" + hour : String.valueOf(hour); // called for every event that is read
    }
}
