package io.webanalytics.reporting.count;

import io.webanalytics.store.Dimension;
import java.time.ZoneId;

/**
 * A breakdown of views by a dimension.
 *
 * @param dimension the dimension
 * @param zone the time zone of hours and weekdays
 * @param page which rows are wanted
 */
public record Breakdown(Dimension dimension, ZoneId zone, Ranking.Page page) {}
