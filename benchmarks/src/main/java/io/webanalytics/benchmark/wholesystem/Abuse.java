package io.webanalytics.benchmark.wholesystem;

import java.util.function.BooleanSupplier;

/** An abuse that anybody can do to a system whose address is known. Other users must not feel it. */
interface Abuse {

    String words();

    /** Prepares the abuse, once. */
    default void prepare(WholeSystem system) throws Exception {}

    /** Runs the abuse until it must stop, or is done. */
    void run(WholeSystem system, BooleanSupplier stop) throws Exception;
}
