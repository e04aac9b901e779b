package io.webanalytics.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;

/** A file of results, written anew after every addition, so that a run that is cut short leaves what it has. */
public final class Results {

    private static final Path FOLDER = Path.of("benchmarks");

    private final Path file;
    private final StringBuilder text = new StringBuilder();

    private Results(Path file) {
        this.file = file;
    }

    /** @param name of the benchmark, {@code RESULTS-name.md} is its file */
    public static Results open(String name, String title, Store store) throws IOException {
        Results results = open(name, title, store.engine());
        if (store.isEmbedded()) {
            results.line("");
            results.line(
                    "The embedded server scans for every answer, and these sizes are small: these figures say little.");
        }
        return results;
    }

    /** @param engine what stores the events */
    public static Results open(String name, String title, String engine) throws IOException {
        Results results = new Results(FOLDER.resolve("RESULTS-" + name + ".md"));
        results.line("# " + title);
        results.line("");
        results.line("Written by `benchmarks/run " + name + "`, see [README](README.md).");
        results.row("", "");
        results.row("---", "---");
        results.row("date", LocalDate.now(ZoneOffset.UTC));
        results.row("machine", Machine.describe());
        results.row("JDK", Runtime.version());
        results.row("engine", engine);
        return results;
    }

    public void heading(String heading, String... paragraphs) throws IOException {
        line("");
        line("## " + heading);
        for (String paragraph : paragraphs) {
            line("");
            line(paragraph);
        }
    }

    public void head(String... columns) throws IOException {
        line("");
        row((Object[]) columns);
        row(Collections.nCopies(columns.length, "---").toArray());
    }

    public void row(Object... cells) throws IOException {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ').append(cell).append(" |");
        }
        line(row.toString());
    }

    /** Says on the terminal how far it is. */
    public static void progress(String what) {
        System.err.println(what);
    }

    private void line(String line) throws IOException {
        text.append(line).append('\n');
        Files.writeString(file, text);
    }
}
