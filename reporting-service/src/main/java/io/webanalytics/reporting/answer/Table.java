package io.webanalytics.reporting.answer;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An answer as rows and columns. */
public final class Table {

    private final List<String> columns;
    private Stream<List<?>> rows = Stream.of();

    private Table(List<String> columns) {
        this.columns = columns;
    }

    static Table of(String... columns) {
        return new Table(List.of(columns));
    }

    /** Their names. */
    List<String> columns() {
        return columns;
    }

    /** Texts and numbers, each row made when it is its turn; to be read once. */
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
