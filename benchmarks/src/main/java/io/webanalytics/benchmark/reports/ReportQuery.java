package io.webanalytics.benchmark.reports;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A query that both the reports and the events answer.
 *
 * @param day the day, or the last of the 30 days
 */
record ReportQuery(Kind kind, String site, LocalDate day, ZoneId zone) {

    private static final int MONTH = 30;

    enum Kind {
        STATS_DAY("stats of the day", "/stats?"),
        STATS_MONTH("stats of 30 days", "/stats?period=30d&"),
        TIMESERIES("timeseries of 30 days", "/stats/timeseries?period=30d&"),
        BREAKDOWN("breakdown of 30 days by path", "/stats/breakdown?by=path&period=30d&");

        private final String words;
        private final String request;

        Kind(String words, String request) {
            this.words = words;
            this.request = request;
        }

        String words() {
            return words;
        }

        boolean isOfMonth() {
            return this != STATS_DAY;
        }
    }

    String request() {
        return kind.request + "site_id=" + site + "&date=" + day + "&timezone=" + zone;
    }

    Instant from() {
        return (kind.isOfMonth() ? day.minusDays(MONTH - 1) : day)
                .atStartOfDay(zone)
                .toInstant();
    }

    Instant to() {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
