package io.webanalytics.benchmark.ingestion;

import java.nio.ByteBuffer;

/** What is said on a connection: one request, then its answer. */
interface Protocol {

    /** A request, ready to be sent. */
    ByteBuffer request(long number);

    /** Whether all of an answer is there, in a buffer that is being filled. */
    boolean isComplete(ByteBuffer answer);

    /**
     * How many events a complete answer acknowledges.
     *
     * @throws IllegalStateException if it is a refusal
     */
    int acknowledged(ByteBuffer answer);
}
