package io.webanalytics.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The events of one request, at most {@link EventParser#MAX_BATCH}, and the verdict on each.
 *
 * @param events the valid ones, in the order of the request
 * @param rejected the invalid ones, in the order of the request
 * @param cut the names of the attributes that were cut, once for each event
 */
public record EventBatch(List<Event> events, List<RejectedEvent> rejected, List<String> cut) {

    /**
     * An event that is not valid.
     *
     * @param index its position among all events of the batch, from 0
     * @param reason why it is refused
     * @param errors what is wrong with it
     */
    public record RejectedEvent(int index, RejectionReason reason, List<FieldError> errors) {}

    static EventBatch empty() {
        return new EventBatch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** @param event returns the event, or throws {@link InvalidEventException} */
    void add(Supplier<ParsedEvent> event) {
        int index = events.size() + rejected.size();
        if (index == EventParser.MAX_BATCH) {
            throw InvalidEventException.body(
                    RejectionReason.TOO_LARGE, "must hold at most " + EventParser.MAX_BATCH + " events");
        }
        try {
            ParsedEvent parsed = event.get();
            events.add(parsed.event());
            cut.addAll(parsed.cut());
        } catch (InvalidEventException e) {
            rejected.add(new RejectedEvent(index, e.reason(), e.errors()));
        }
    }
}
