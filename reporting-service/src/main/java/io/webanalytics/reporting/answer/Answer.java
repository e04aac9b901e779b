package io.webanalytics.reporting.answer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/** What a report answers. */
public interface Answer {

    /** The same as a table. */
    @JsonIgnore
    Table table();

    /** How many entries its list has, those of other pages included. */
    @JsonIgnore
    long entries();

    /** How much memory the entries take that are here, about. */
    @JsonIgnore
    long bytes();

    /** How complete it is; null unless that was asked. */
    @Nullable
    Meta meta();
}
