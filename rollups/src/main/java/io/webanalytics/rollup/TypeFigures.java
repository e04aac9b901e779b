package io.webanalytics.rollup;

/**
 * How much there is of one type of event in a bucket.
 *
 * @param eventType the type
 * @param views its events
 * @param users its distinct users
 */
public record TypeFigures(String eventType, long views, long users) {}
