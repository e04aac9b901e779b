package io.webanalytics.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code docs/API.md}: its commands, and the answer that it shows right behind each. */
final class ApiDoc {

    private static final Path FILE = Path.of(System.getProperty("project.root"), "docs", "API.md");

    /** A block of {@code sh}, and the block of another language if one follows directly. */
    private static final Pattern EXAMPLE = Pattern.compile(
            "^```sh\n(?<command>.*?)^```\n(?:\n^```(?<form>(?!sh)\\w+)\n(?<answer>.*?)^```\n)?",
            Pattern.DOTALL | Pattern.MULTILINE);

    private ApiDoc() {}

    /**
     * A command of the document.
     *
     * @param form json, http, csv or text; null where no answer is shown
     * @param answer what is shown; null where none is
     */
    record Example(
            String command, @Nullable String form, @Nullable String answer) {}

    static List<Example> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(FILE))
                .results()
                .map(found -> new Example(found.group(1), found.group(2), found.group(3)))
                .toList();
    }

    /** @param answers one for each example that shows one, in their order */
    static void rewrite(List<String> answers) throws IOException {
        String text = Files.readString(FILE);
        Matcher example = EXAMPLE.matcher(text);
        StringBuilder rewritten = new StringBuilder();
        List<String> left = new ArrayList<>(answers);
        int end = 0;
        while (example.find()) {
            if (example.group("answer") != null) {
                rewritten.append(text, end, example.start("answer")).append(left.remove(0));
                end = example.end("answer");
            }
        }
        Files.writeString(FILE, rewritten.append(text.substring(end)));
    }
}
