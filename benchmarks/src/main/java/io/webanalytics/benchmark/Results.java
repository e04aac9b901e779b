package io.webanalytics.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** A file of results, rewritten after every addition, so that an interrupted run leaves the results that it has. */
public final class Results {

    private static final Path FOLDER = Path.of("benchmarks");

    private final String name;
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder sections = new StringBuilder();
    private final Map<Target, Timings> figures = new EnumMap<>(Target.class);

    private Results(String name) {
        this.name = name;
    }

    /**
     * @param name of the file, {@code name.md}
     * @param arguments of the command that writes it
     */
    static Results open(String name, String title, String arguments) throws IOException {
        Results results = new Results(name);
        results.head
                .append("# ")
                .append(title)
                .append("\n\nWritten by `")
                .append(("benchmarks/run " + arguments).strip())
                .append("`, see [README](README.md).\n\n|  |  |\n| --- | --- |\n");
        results.fact("date", LocalDate.now(ZoneOffset.UTC));
        results.fact("machine", Machine.describe());
        results.fact("JDK", Runtime.version());
        return results;
    }

    /** Opens the results of the benchmark of the reports, which have a file of their own. */
    public static Results openReports(Store store) throws IOException {
        Results results = open("RESULTS-reports", "Reports: rollups and raw events", "reports");
        results.fact("engine", store.engine());
        results.sayIfEmbedded(store);
        return results;
    }

    /** Adds a fact about what the benchmark ran on. */
    void fact(String fact, Object value) {
        head.append(cells(fact, value));
    }

    void sayIfEmbedded(Store store) throws IOException {
        if (store.isEmbedded()) {
            paragraph(
                    "The embedded MongoDB scans for every answer, and sizes are small: what depends on it says little.");
        }
    }

    /** Shows a figure beside its target, in the table at the top and in the plot. */
    public void figure(Target target, Timings figure) throws IOException {
        figures.put(target, figure);
        write();
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
        sections.append(cells(cells));
        write();
    }

    public void paragraph(String paragraph) throws IOException {
        line("");
        line(paragraph);
    }

    /** Shows the progress on the terminal. */
    public static void progress(String what) {
        System.err.println(what);
    }

    private void line(String line) throws IOException {
        sections.append(line).append('\n');
        write();
    }

    private static String cells(Object... cells) {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ').append(cell).append(" |");
        }
        return row.append('\n').toString();
    }

    private void write() throws IOException {
        StringBuilder summary = new StringBuilder();
        if (!figures.isEmpty()) {
            summary.append(
                    "\n## What is asked\n\nMedians, in brackets the smallest and the largest of the rounds.\n\n");
            summary.append(cells("ratio", "asked for", "median (min–max)")).append(cells("---", "---", "---"));
            figures.forEach((target, figure) -> summary.append(cells(target.words(), target.asked(), figure)));
            summary.append("\n![How many times as good as asked each is](")
                    .append(name)
                    .append(".svg)\n");
            Files.writeString(FOLDER.resolve(name + ".svg"), Plot.of(figures));
        }
        Files.writeString(FOLDER.resolve(name + ".md"), head.toString() + summary + sections);
    }
}
