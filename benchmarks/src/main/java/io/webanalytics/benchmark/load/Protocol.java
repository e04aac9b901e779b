package io.webanalytics.benchmark.load;

import java.nio.ByteBuffer;

/** What is said on a connection: one request, then its answer. */
public interface Protocol {

    /** A request, ready to be sent. */
    ByteBuffer request(long number);

    /** Whether all of an answer is there, in a buffer that is being filled. */
    boolean isComplete(ByteBuffer answer);

    /**
     * How many events a complete answer acknowledges; none where it is a refusal that must be borne.
     *
     * @throws IllegalStateException if it is any other refusal
     */
    int acknowledged(ByteBuffer answer);
}
