package io.webanalytics.model;

import java.util.Locale;

/** Why an event is not accepted, or not stored. Responses, metrics' tags and dead letters use the same word. */
public enum RejectionReason {
    /** The body, or a line of it, is not the expected JSON, not in UTF-8, or nests too deep. */
    INVALID_JSON,
    /** A field breaks its rule. */
    INVALID_EVENT,
    /** The body is larger than it may be, or has more events than it may have. */
    TOO_LARGE,
    /** The body does not declare an accepted content type and encoding. */
    UNSUPPORTED_MEDIA_TYPE,
    /** The sender sends more than its limit allows. The event was not read. */
    RATE_LIMITED,
    /** Redis cannot be reached, or refuses. */
    QUEUE_UNAVAILABLE,
    /** Redis did not answer in time. The event may have been queued all the same. */
    QUEUE_SLOW,
    /** The queue holds as many events as it may. The event was not queued. */
    QUEUE_FULL,
    /** More arrives at once than memory is reserved for. The event was not queued. */
    TOO_BUSY,
    /** The request has no key, or none that is valid here. */
    UNAUTHORIZED,
    /** The key does not allow to write to the event's site. */
    FORBIDDEN,
    /** A queued element is not an event in a form that this version reads. */
    INVALID_ELEMENT,
    /** MongoDB, or its driver, refuses this document and would refuse it again. */
    STORE_REFUSED,
    /** Several workers died while they held this element. */
    WORKER_DIED;

    /** Returns the word used outside, such as {@code invalid_json}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
