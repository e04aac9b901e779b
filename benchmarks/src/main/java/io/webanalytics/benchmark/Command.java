package io.webanalytics.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs another program to its end. */
public final class Command {

    private static final Duration SHORT = Duration.ofSeconds(10);

    private Command() {}

    public static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /**
     * Returns what a program wrote, whether it failed or not.
     *
     * @param patience how long the program may take
     * @throws IOException if the program cannot be started, or takes longer
     */
    public static String output(Duration patience, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("benchmark-", ".out");
        try (Program program = Program.start(new ProcessBuilder(command), output)) {
            if (!program.awaitEnd(patience)) {
                throw new IOException(String.join(" ", command) + " has not ended after " + patience);
            }
            return Files.readString(output);
        } finally {
            Files.delete(output);
        }
    }

    /** Returns the first line that a program wrote, or {@code none} if it cannot be run. */
    public static String firstLine(String... command) {
        try {
            return output(SHORT, command).lines().findFirst().orElse("").strip();
        } catch (IOException e) {
            return "none";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "none";
        }
    }

    /** @throws IllegalStateException if there is no match, with the whole text */
    public static MatchResult find(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("No " + regex + " in: " + text);
        }
        return matcher.toMatchResult();
    }
}
