package io.webanalytics.store;

import io.webanalytics.model.EventField;
import io.webanalytics.model.EventFields;
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
 * By what events are told apart. Each dimension is defined here and nowhere else: the parameters of the reports, what rollups count
 * (parts), and what verification compares go through this list.
 */
public enum Dimension {
    PATH(EventField.PATH.word(), Dimension.OTHER, FilterRule.path()),
    EVENT_TYPE(EventField.EVENT_TYPE.word(), Dimension.OTHER, FilterRule.eventType()),
    /** The host that visitors came from. */
    REFERRER(EventFields.REFERRER_HOST, Referrers.DIRECT, FilterRule.referrer()),
    /** The hour of the day in a time zone, 00 to 23. */
    HOUR_OF_DAY(Dimension::hour),
    /** The day of the week in a time zone, 1 for Monday to 7. */
    WEEKDAY(local -> String.valueOf(local.getDayOfWeek().getValue()));

    /** Stands for values that are not told apart. No path, host or type is written so. */
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

    /** As it is written. */
    public String word() {
        return word;
    }

    /** Whether it is of the time, and so has the same few values always. */
    public boolean isOfTime() {
        return ofTime != null;
    }

    /** The field of an event that the value is made of. */
    public String field() {
        return field;
    }

    /** Stands for the value of an event that does not have the field. */
    public String missing() {
        return missing;
    }

    /** What may be asked of it; empty where nothing may. */
    public Optional<FilterRule> filterRule() {
        return Optional.ofNullable(filterRule);
    }

    /** The value of an event, where this is not {@link #isOfTime of the time}; null where it has none. */
    public @Nullable String valueOf(StoredEvent event) {
        return event.text(field);
    }

    /** The value of an event; {@link #missing} where it has none. */
    public String valueOf(StoredEvent event, ZoneId zone) {
        return ofTime != null ? valueOf(event.timestamp(), zone) : Objects.requireNonNullElse(valueOf(event), missing);
    }

    /** The value of an instant, where this is {@link #isOfTime of the time}. */
    public String valueOf(Instant instant, ZoneId zone) {
        return Objects.requireNonNull(ofTime).apply(LocalDateTime.ofInstant(instant, zone));
    }

    private static String hour(LocalDateTime local) {
        int hour = local.getHour();
        return hour < 10 ? "0" + hour : String.valueOf(hour); // asked for every event that is read
    }
}
