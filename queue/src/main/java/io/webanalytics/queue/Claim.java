package io.webanalytics.queue;

import java.util.List;

/**
 * A batch that a worker holds.
 *
 * @param worker the worker's name
 * @param number the claim number, never reused: a worker that names an older one has lost the batch
 * @param elements the batch
 */
public record Claim(String worker, long number, List<Element> elements) {

    /**
     * An element of the queue: an event, unless another program pushed it.
     *
     * @param bytes the element as queued
     * @param attempts how many workers died while they held the element
     */
    public record Element(byte[] bytes, int attempts) {}

    @Override
    public String toString() {
        return "claim " + number + " of " + worker + ", " + elements.size() + " events";
    }
}
