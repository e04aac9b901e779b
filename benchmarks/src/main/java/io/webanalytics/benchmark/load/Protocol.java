package io.webanalytics.benchmark.load;

import java.nio.ByteBuffer;

/** The protocol on a connection: one request, then its answer. */
public interface Protocol {

    /** Returns a request, ready to be sent. */
    ByteBuffer request(long number);

    /** Whether a buffer that is being filled contains the whole answer. */
    boolean isComplete(ByteBuffer answer);

    /**
     * Returns how many events a complete answer acknowledges; 0 if it is a refusal that is tolerated.
     *
     * @throws IllegalStateException if it is any other refusal
     */
    int acknowledged(ByteBuffer answer);
}
