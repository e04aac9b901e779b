package io.webanalytics.reporting.question;

import io.webanalytics.reporting.count.Ranking.Page;
import io.webanalytics.store.Dimension;
import io.webanalytics.store.EventFilter;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a report is asked.
 *
 * @param filter which events count
 * @param days when; one day, today, where the report does not ask
 * @param date the day, where one day and nothing else was asked for by its date: the answer then has that form
 * @param previous the time to compare with, or null
 * @param step how long each step of a time series is
 * @param by what views are broken down by
 * @param minutes how many minutes, up to now
 * @param page which entries of the list
 * @param meta whether to say how complete the figures are
 * @param csv whether the answer is CSV
 * @param byteOrderMark whether that begins with a byte order mark
 */
public record Question(
        EventFilter filter,
        Days days,
        @Nullable LocalDate date,
        @Nullable Previous previous,
        StepLength step,
        Dimension by,
        int minutes,
        Page page,
        boolean meta,
        boolean csv,
        boolean byteOrderMark) {}
