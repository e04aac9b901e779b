package io.webanalytics.reporting.count;

import io.webanalytics.model.EventFields;
import io.webanalytics.model.Referrers;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.bson.Document;

/** What views can be broken down by. */
public enum Dimension {
    PATH,
    EVENT_TYPE,
    REFERRER,
    /** The hour of the day in a time zone, 00 to 23. */
    HOUR_OF_DAY,
    /** The day of the week in a time zone, 1 for Monday to 7. */
    WEEKDAY;

    /** How it is called outside. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is of the time, and so has the same few values always. */
    public boolean isOfTime() {
        return this == HOUR_OF_DAY || this == WEEKDAY;
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

    /** The value of an event that has its {@link #field}. */
    String valueOf(Document event, ZoneId zone) {
        return switch (this) {
            case PATH, EVENT_TYPE -> event.getString(field());
            case REFERRER -> event.get(field(), Referrers.DIRECT);
            case HOUR_OF_DAY, WEEKDAY -> valueOf(event.getDate(field()).toInstant(), zone);
        };
    }

    /** The same, as MongoDB computes it. */
    Object expression(ZoneId zone) {
        return switch (this) {
            case PATH, EVENT_TYPE -> "$" + field();
            case REFERRER -> new Document("$ifNull", List.of("$" + field(), Referrers.DIRECT));
            case HOUR_OF_DAY -> date("%H", zone);
            case WEEKDAY -> date("%u", zone);
        };
    }

    /** The field of an event that the value is made of. */
    String field() {
        return switch (this) {
            case PATH -> EventFields.PATH;
            case EVENT_TYPE -> EventFields.EVENT_TYPE;
            case REFERRER -> EventFields.REFERRER_HOST;
            case HOUR_OF_DAY, WEEKDAY -> EventFields.TIMESTAMP;
        };
    }

    private Document date(String format, ZoneId zone) {
        return new Document(
                "$dateToString",
                new Document("format", format).append("date", "$" + field()).append("timezone", zone.getId()));
    }
}
