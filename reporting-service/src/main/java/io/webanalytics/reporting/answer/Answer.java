package io.webanalytics.reporting.answer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/** What a report answers. */
public interface Answer {

    /** The same as a table. */
    @JsonIgnore
    Table table();

    /** How complete it is; null unless that was asked. */
    @Nullable
    Meta meta();
}
