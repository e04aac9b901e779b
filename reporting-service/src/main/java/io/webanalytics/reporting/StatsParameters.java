package io.webanalytics.reporting;

import io.webanalytics.model.Event;
import io.webanalytics.model.EventRules;
import io.webanalytics.model.FieldError;
import io.webanalytics.service.InvalidParametersException;
import io.webanalytics.service.Limit;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * What {@code GET /stats} is asked.
 *
 * @param siteId the site
 * @param day the day
 * @param eventType the type of the events that count, or null for all
 * @param limit most paths in the answer
 */
record StatsParameters(String siteId, Day day, @Nullable String eventType, int limit) {

    static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_LIMIT = 10;
    private static final String ALL_TYPES = "*";

    /** @throws InvalidParametersException if a parameter is missing or wrong: each one is named */
    static StatsParameters of(MultiValueMap<String, String> query) {
        Reader reader = new Reader(query);
        String siteId = reader.siteId();
        LocalDate date = reader.date();
        ZoneId zone = reader.zone();
        String eventType = reader.eventType();
        int limit = reader.limit();
        if (!reader.errors.isEmpty() || siteId == null || date == null) {
            throw new InvalidParametersException(reader.errors);
        }
        return new StatsParameters(siteId, new Day(date, zone), ALL_TYPES.equals(eventType) ? null : eventType, limit);
    }

    private static final class Reader {

        private final MultiValueMap<String, String> query;
        private final List<FieldError> errors = new ArrayList<>();

        Reader(MultiValueMap<String, String> query) {
            this.query = query;
        }

        @Nullable
        String siteId() {
            String value = required("site_id");
            if (value != null) {
                reject("site_id", EventRules.checkKey(value));
            }
            return value;
        }

        @Nullable
        LocalDate date() {
            String value = required("date");
            if (value == null) {
                return null;
            }
            try {
                if (value.length() == "2025-11-12".length()) {
                    return LocalDate.parse(value);
                }
            } catch (DateTimeException e) {
                // falls through to the refusal
            }
            reject("date", "must be a day written as YYYY-MM-DD");
            return null;
        }

        ZoneId zone() {
            String value = optional("timezone");
            if (value == null) {
                return ZoneOffset.UTC;
            }
            if (ZoneId.getAvailableZoneIds().contains(value)) {
                return ZoneId.of(value);
            }
            reject("timezone", "must be an IANA time zone, such as UTC, Europe/Berlin or Asia/Kolkata");
            return ZoneOffset.UTC;
        }

        String eventType() {
            String value = optional("event_type");
            if (value == null) {
                return Event.PAGE_VIEW;
            }
            if (!value.equals(ALL_TYPES)) {
                String broken = EventRules.checkKey(value);
                reject("event_type", broken == null ? null : broken + ", or * for all types");
            }
            return value;
        }

        int limit() {
            String value = optional(Limit.NAME);
            Integer limit = value == null ? Integer.valueOf(DEFAULT_LIMIT) : Limit.parse(value, MAX_LIMIT);
            if (limit == null) {
                reject(Limit.NAME, Limit.rule(MAX_LIMIT));
                return DEFAULT_LIMIT;
            }
            return limit;
        }

        private @Nullable String required(String name) {
            String value = optional(name);
            if (value == null && !query.containsKey(name)) {
                reject(name, "is required");
            }
            return value;
        }

        private @Nullable String optional(String name) {
            List<String> values = query.get(name);
            if (values == null) {
                return null;
            }
            if (values.size() > 1) {
                reject(name, "must be given once");
                return null;
            }
            return values.get(0);
        }

        private void reject(String name, @Nullable String rule) {
            if (rule != null) {
                errors.add(new FieldError(name, rule));
            }
        }
    }
}
