package io.webanalytics.reporting.count;

import io.webanalytics.model.EventField;
import io.webanalytics.model.EventFields;
import io.webanalytics.model.Referrers;
import io.webanalytics.rollup.BucketContent;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import org.bson.Document;

/** What views can be broken down by. */
public enum Dimension {
    PATH(EventField.PATH.word(), BucketContent.OTHER),
    EVENT_TYPE(EventField.EVENT_TYPE.word(), BucketContent.OTHER),
    REFERRER(EventFields.REFERRER_HOST, Referrers.DIRECT),
    /** The hour of the day in a time zone, 00 to 23. */
    HOUR_OF_DAY(EventField.TIMESTAMP.word(), ""),
    /** The day of the week in a time zone, 1 for Monday to 7. */
    WEEKDAY(EventField.TIMESTAMP.word(), "");

    private final String field;
    private final String missing;

    Dimension(String field, String missing) {
        this.field = field;
        this.missing = missing;
    }

    /** How it is called outside. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is of the time, and so has the same few values always. */
    public boolean isOfTime() {
        return this == HOUR_OF_DAY || this == WEEKDAY;
    }

    /** The field of an event that the value is made of. */
    String field() {
        return field;
    }

    /** The value of an event that does not have the field. */
    String missing() {
        return missing;
    }

    /** The value of an event, where this is not {@link #isOfTime of the time}. */
    String valueOf(Document event) {
        return event.get(field, missing);
    }

    /** The value of an event that has its {@link #field}. */
    String valueOf(Document event, ZoneId zone) {
        return isOfTime() ? valueOf(event.getDate(field).toInstant(), zone) : valueOf(event);
    }

    /** The value of an instant, where this {@link #isOfTime}. */
    String valueOf(Instant instant, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        if (this == WEEKDAY) {
            return String.valueOf(local.getDayOfWeek().getValue());
        }
        int hour = local.getHour();
        return hour < 10 ? "0" + hour : String.valueOf(hour); // asked for every event that is read
    }
}
