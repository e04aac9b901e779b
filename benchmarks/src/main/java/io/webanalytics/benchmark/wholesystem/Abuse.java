package io.webanalytics.benchmark.wholesystem;

import java.util.function.BooleanSupplier;

/** What anybody can do to a system whose address is known, and what must not be felt by anybody else. */
interface Abuse {

    String words();

    /** Prepares it, once. */
    default void prepare(WholeSystem system) throws Exception {}

    /** Does it until it is told to stop, or is done. */
    void run(WholeSystem system, BooleanSupplier stop) throws Exception;
}
