package io.webanalytics.benchmark.load;

/**
 * What senders reached that each sent the next request when they had their answer.
 *
 * @param acknowledged events
 * @param unanswered most events that were sent and not acknowledged, or nobody waited for that: they may be queued as well
 * @param seconds how long it took
 */
public record Rate(long acknowledged, long unanswered, double seconds) {

    public double perSecond() {
        return acknowledged / seconds;
    }
}
