package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webanalytics.testing.Http;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The services answer the commands of {@code docs/OPERATIONS.md}, with the figures that it shows. */
class OperationsDocIT {

    private static final Path FILE = Path.of(System.getProperty("project.root"), "docs", "OPERATIONS.md");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int DEAD = 3;

    /** A command, and the name of the first figure of the answer that a comment shows. */
    private static final Pattern COMMAND = Pattern.compile("(?m)^(curl [^#\n]*)(?:\n?# \\{(\"\\w+\"):)?");

    private static final Pattern LETTER = Pattern.compile("/dead-letters/0\\.\\d+-\\d+");

    @Test
    void everyRequestOfTheDocumentIsAnswered() throws Exception {
        if (!isThereCurl()) {
            System.out.println("NOT RUN: the commands of docs/OPERATIONS.md: there is no curl");
            Assumptions.abort("no curl");
        }
        List<MatchResult> commands =
                COMMAND.matcher(Files.readString(FILE)).results().toList();
        assertThat(commands).hasSizeGreaterThan(8);
        try (Analytics analytics = new Analytics()) {
            analytics.acceptNoEvents(DEAD);
            for (MatchResult command : commands) {
                run(command.group(1), command.group(2), analytics);
            }
        }
    }

    private static void run(String command, @Nullable String figure, Analytics analytics) throws Exception {
        String here = (command.contains("/dead-letters") ? withALetterThatIsThere(command, analytics) : command)
                .replace("http://localhost:3001", analytics.ingestion.url(""))
                .replace("http://localhost:3003", analytics.processor.url(""))
                .replace("curl -s", "curl -s -S -f -m 30");
        Process process = new ProcessBuilder("sh", "-c", here)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(here).isZero();
        assertThat(answer).as(here).contains(figure == null ? "{" : figure);
    }

    /** A replayed letter comes back as a dead letter under another id. A discarded one does not. */
    private static String withALetterThatIsThere(String command, Analytics analytics) {
        if (!command.contains("DELETE")) {
            await(command).atMost(Duration.ofSeconds(30)).until(() -> analytics.dead() == DEAD);
        }
        if (!LETTER.matcher(command).find()) {
            return command;
        }
        String id = await(command)
                .atMost(Duration.ofSeconds(30))
                .until(() -> firstLetter(analytics), letter -> !letter.isEmpty());
        return LETTER.matcher(command).replaceAll("/dead-letters/" + id);
    }

    /** Returns the id of the first dead letter, or an empty text. */
    private static String firstLetter(Analytics analytics) {
        String letters =
                Http.get(analytics.processor.url("/dead-letters?limit=1")).body();
        return JSON.readTree(letters).at("/letters/0/id").asString("");
    }

    private static boolean isThereCurl() throws InterruptedException {
        try {
            return new ProcessBuilder("curl", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
