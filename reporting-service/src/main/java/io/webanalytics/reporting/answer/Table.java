package io.webanalytics.reporting.answer;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An answer as columns and rows. */
public final class Table {

    private final List<String> columns;
    private Stream<List<?>> rows = Stream.of();

    private Table(List<String> columns) {
        this.columns = columns;
    }

    static Table of(String... columns) {
        return new Table(List.of(columns));
    }

    /** Returns the names of the columns. */
    List<String> columns() {
        return columns;
    }

    /** Returns the rows of texts and numbers. Each row is made when reached. To be read once. */
    Stream<List<?>> rows() {
        return rows;
    }

    Table row(Object... cells) {
        return rows(Stream.of(List.of(cells)));
    }

    Table rowUnlessNull(String name, String key, @Nullable Object value) {
        return value == null ? this : row(name, key, value);
    }

    Table rows(Stream<List<?>> more) {
        rows = Stream.concat(rows, more);
        return this;
    }
}
