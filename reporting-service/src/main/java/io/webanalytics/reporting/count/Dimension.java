package io.webanalytics.reporting.count;

import com.mongodb.client.model.Projections;
import io.webanalytics.model.EventFields;
import io.webanalytics.model.Referrers;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.bson.conversions.Bson;

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
        return this == HOUR_OF_DAY
                ? String.format(Locale.ROOT, "%02d", instant.atZone(zone).getHour())
                : String.valueOf(instant.atZone(zone).getDayOfWeek().getValue());
    }

    /** The value of an event, as MongoDB computes it. */
    Object expression(ZoneId zone) {
        return switch (this) {
            case PATH -> "$" + EventFields.PATH;
            case EVENT_TYPE -> "$" + EventFields.EVENT_TYPE;
            case REFERRER -> new Document("$ifNull", List.of("$" + EventFields.REFERRER_HOST, Referrers.DIRECT));
            case HOUR_OF_DAY -> date("%H", zone);
            case WEEKDAY -> date("%u", zone);
        };
    }

    /** The fields that the value is computed from. */
    Bson fields() {
        return switch (this) {
            case PATH -> Projections.include(EventFields.PATH);
            case EVENT_TYPE -> Projections.include(EventFields.EVENT_TYPE);
            case REFERRER -> Projections.include(EventFields.REFERRER_HOST);
            case HOUR_OF_DAY, WEEKDAY -> Projections.include(EventFields.TIMESTAMP);
        };
    }

    private static Document date(String format, ZoneId zone) {
        return new Document(
                "$dateToString",
                new Document("format", format)
                        .append("date", "$" + EventFields.TIMESTAMP)
                        .append("timezone", zone.getId()));
    }
}
