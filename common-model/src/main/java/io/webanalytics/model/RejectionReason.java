package io.webanalytics.model;

import java.util.Locale;

/** Why an event is not taken, or not stored. One word for the response, the metric's tag and the dead letter. */
public enum RejectionReason {
    /** The body, or a line of it, is not the JSON that is asked for, not in UTF-8, or nests too deep. */
    INVALID_JSON,
    /** A field breaks its rule. */
    INVALID_EVENT,
    /** The body is larger than it may be, or holds more events. */
    TOO_LARGE,
    /** The body does not say that it is what is asked for. */
    UNSUPPORTED_MEDIA_TYPE,
    /** Redis cannot be reached, or refuses. */
    QUEUE_UNAVAILABLE,
    /** Redis did not answer in time. The event may have been queued all the same. */
    QUEUE_SLOW,
    /** The queue holds as many events as it may: nothing of this was queued. */
    QUEUE_FULL,
    /** More arrives at once than memory is kept for: nothing of this was queued. */
    TOO_BUSY,
    /** A queued element is not an event in a form that this version reads. */
    INVALID_ELEMENT,
    /** MongoDB, or its driver, refuses this document and would refuse it again. */
    STORE_REFUSED,
    /** The workers that held this element died with it. */
    WORKER_DIED;

    /** The word used outside: {@code invalid_json}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
