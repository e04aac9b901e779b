package io.webanalytics.benchmark.reports;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.bson.Document;

/** Synthetic events: the same at every run, in slices of time, so that several threads can load them about in order. */
interface Traffic {

    /** Returns the name of its database, which contains the sizes. */
    String database();

    int slices();

    /** Returns the events of a slice, in the order of time. */
    Stream<Document> slice(int number);

    /** Returns the site that is queried and rolled up. */
    String site();

    /** Returns the first day that is rolled up. */
    LocalDate first();

    /** Returns the last day that is rolled up. */
    LocalDate last();
}
