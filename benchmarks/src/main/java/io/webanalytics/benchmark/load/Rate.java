package io.webanalytics.benchmark.load;

/**
 * The rate of a closed load, whose senders each send the next request when they have their answer.
 *
 * @param acknowledged events
 * @param unanswered most events that were sent, and whose acknowledgement did not come or was not awaited: they may be queued
 * @param seconds how long the load took
 */
public record Rate(long acknowledged, long unanswered, double seconds) {

    public double perSecond() {
        return acknowledged / seconds;
    }
}
