package io.webanalytics.model;

import java.util.List;

/**
 * An event as it was read.
 *
 * @param event what is kept
 * @param cut the names of its attributes of which not all is kept, none twice; see {@link EventFields#ATTRIBUTES}
 */
public record ParsedEvent(Event event, List<String> cut) {}
