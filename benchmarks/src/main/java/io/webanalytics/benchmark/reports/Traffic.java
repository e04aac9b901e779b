package io.webanalytics.benchmark.reports;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.bson.Document;

/** Made-up events: the same at every run, and in slices of time, so that several threads can load them about in order. */
interface Traffic {

    /** The database for it, which tells its sizes. */
    String database();

    int slices();

    /** The events of a slice, in the order of time. */
    Stream<Document> slice(int number);

    /** The site that is asked for, and rolled up. */
    String site();

    /** The first day of that which is rolled up. */
    LocalDate first();

    /** The last one. */
    LocalDate last();
}
