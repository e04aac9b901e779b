package io.webanalytics.reporting.answer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer as rows and columns.
 *
 * @param columns their names
 * @param rows texts and numbers
 */
public record Table(List<String> columns, List<List<Object>> rows) {

    static Table of(String... columns) {
        return new Table(List.of(columns), new ArrayList<>());
    }

    Table row(Object... cells) {
        rows.add(List.of(cells));
        return this;
    }

    Table rowUnlessNull(String name, String key, @Nullable Object value) {
        return value == null ? this : row(name, key, value);
    }
}
