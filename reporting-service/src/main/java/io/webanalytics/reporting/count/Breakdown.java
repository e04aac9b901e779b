package io.webanalytics.reporting.count;

import io.webanalytics.store.Dimension;
import java.time.ZoneId;

/**
 * By what views are broken down.
 *
 * @param dimension by what
 * @param zone whose hours and weekdays these are
 * @param page which rows are wanted
 */
public record Breakdown(Dimension dimension, ZoneId zone, Ranking.Page page) {}
