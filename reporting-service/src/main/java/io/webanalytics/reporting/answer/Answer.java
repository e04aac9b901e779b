package io.webanalytics.reporting.answer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/** The answer of a report. */
public interface Answer {

    /** Returns the answer as a table. */
    @JsonIgnore
    Table table();

    /** Counts the entries of the list, including those of other pages. */
    @JsonIgnore
    long entries();

    /** Returns the approximate memory of the entries of this page, in bytes. */
    @JsonIgnore
    long bytes();

    /** Returns how complete the figures are; null unless asked for. */
    @Nullable
    Meta meta();
}
