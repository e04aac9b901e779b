package io.webanalytics.ingestion;

import java.util.Set;

/** The paths that take events. */
public final class EventPaths {

    public static final String EVENT = "/event";
    public static final String EVENTS = "/events";
    public static final Set<String> ALL = Set.of(EVENT, EVENTS);

    private EventPaths() {}
}
