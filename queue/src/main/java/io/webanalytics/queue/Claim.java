package io.webanalytics.queue;

import java.util.List;

/**
 * A batch that a worker holds.
 *
 * @param worker who holds it
 * @param number the claim number, never reused: whoever names an older one has lost the batch
 * @param elements the batch
 */
public record Claim(String worker, long number, List<Element> elements) {

    /**
     * An element of the queue, which is an event unless somebody else pushed it.
     *
     * @param bytes as queued
     * @param attempts how many workers died while they held it
     */
    public record Element(byte[] bytes, int attempts) {}

    @Override
    public String toString() {
        return "claim " + number + " of " + worker + ", " + elements.size() + " events";
    }
}
