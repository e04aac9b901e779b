package io.webanalytics.model;

import java.util.List;

/**
 * An event as it was read.
 *
 * @param event the event with what is kept of its fields
 * @param cut the names of the {@link EventField#ATTRIBUTES} that are not kept in full, each once
 */
public record ParsedEvent(Event event, List<String> cut) {}
