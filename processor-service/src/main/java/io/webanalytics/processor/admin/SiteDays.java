package io.webanalytics.processor.admin;

import io.webanalytics.model.EventRules;
import io.webanalytics.model.FieldError;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.service.http.InvalidParametersException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A range of days of a site, in UTC, the first and the last included. */
record SiteDays(String siteId, LocalDate from, LocalDate to) {

    private static final int MOST_DAYS = 366;

    /** @throws InvalidParametersException that names each parameter that is missing or wrong */
    static SiteDays parse(@Nullable String siteId, @Nullable String from, @Nullable String to) {
        List<FieldError> errors = new ArrayList<>();
        String broken = siteId == null ? "is required" : EventRules.checkKey(siteId);
        if (broken != null) {
            errors.add(new FieldError("site_id", broken));
        }
        LocalDate first = day("from", from, errors);
        LocalDate last = day("to", to, errors);
        if (first != null
                && last != null
                && (last.isBefore(first) || ChronoUnit.DAYS.between(first, last) >= MOST_DAYS)) {
            errors.add(new FieldError("to", "must not be before from, nor " + MOST_DAYS + " days or more after it"));
        }
        if (!errors.isEmpty() || siteId == null || first == null || last == null) {
            throw new InvalidParametersException(errors);
        }
        return new SiteDays(siteId, first, last);
    }

    private static @Nullable LocalDate day(String name, @Nullable String text, List<FieldError> errors) {
        if (text == null) {
            errors.add(new FieldError(name, "is required"));
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (text.length() == "2025-11-12".length() && day.getYear() >= 2000) {
                return day;
            }
        } catch (DateTimeException e) {
            // reported below
        }
        errors.add(new FieldError(name, "must be a day of UTC since 2000, written as YYYY-MM-DD"));
        return null;
    }

    Instant start() {
        return from.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    Instant end() {
        return to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The buckets of the days, in order. */
    Stream<Bucket> buckets() {
        return from.datesUntil(to.plusDays(1))
                .map(day -> Bucket.day(siteId, day.atStartOfDay(ZoneOffset.UTC).toInstant()));
    }
}
