package io.webanalytics.reporting.question;

import io.webanalytics.reporting.count.Ranking.Page;
import io.webanalytics.store.Dimension;
import io.webanalytics.store.EventFilter;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A request for a report, read and checked.
 *
 * @param filter which events count
 * @param days the requested days; today for a report without them
 * @param date the day, if it was requested by its date; this decides the form of the answer
 * @param previous the time to compare with, null without a comparison
 * @param step the length of the steps of a time series
 * @param by what views are broken down by
 * @param minutes how many minutes, up to now
 * @param page the page of the list
 * @param meta whether the answer says how complete the figures are
 * @param csv whether the answer is CSV
 * @param byteOrderMark whether the CSV begins with a byte order mark
 */
public record Question(
        EventFilter filter,
        Days days,
        @Nullable LocalDate date,
        @Nullable PreviousPeriod previous,
        StepLength step,
        Dimension by,
        int minutes,
        Page page,
        boolean meta,
        boolean csv,
        boolean byteOrderMark) {}
