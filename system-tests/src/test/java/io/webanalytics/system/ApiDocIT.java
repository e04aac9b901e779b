package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webanalytics.system.ApiDoc.Example;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the commands of {@code docs/API.md} one after the other, and checks that they answer what it shows. Events are stored and
 * rolled up a little later, so a query is repeated until its answer is the one that is shown. With {@code -Dapi.rewrite=true} it
 * is repeated until its answer stays the same, and the document is rewritten.
 */
class ApiDocIT {

    private static final boolean REWRITE = Boolean.getBoolean("api.rewrite");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** Longer than rollups wait for an hour to be quiet. */
    private static final Duration LASTING = Duration.ofSeconds(16);

    /** What differs in each run: durations, ids, keys, and present instants, whose year is not that of the examples. */
    private static final Pattern VARYING = Pattern.compile("\"took_ms\": ?\\d+"
            + "|wa_\\w{8}_\\w{32}|\"(prefix|name)\": ?\"\\w{8}\""
            + "|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
            + "|(?!2025)20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z"
            + "|(?m)^Date: .*$");

    /** Adds something that is there already when it is added again. */
    private static final Pattern CHANGE = Pattern.compile("/event|-X \\w+ http://localhost:3002");

    private static Analytics analytics;

    @BeforeAll
    static void start() throws Exception {
        if (!run("curl --version").startsWith("curl")) {
            System.out.println("NOT RUN: the commands of docs/API.md: there is no curl");
            Assumptions.abort("no curl");
        }
        analytics = new Analytics();
    }

    @AfterAll
    static void stop() {
        if (analytics != null) {
            analytics.close();
        }
    }

    @Test
    void everyCommandOfTheDocumentAnswersWhatItShows() throws Exception {
        List<String> answers = new ArrayList<>();
        for (Example example : ApiDoc.examples()) {
            if (example.answer() == null) {
                run(example.command());
            } else if (REWRITE) {
                answers.add(lastingAnswer(example));
            } else if (mayBeRepeated(example)) {
                await(example.command()).atMost(PATIENCE).untilAsserted(() -> assertAnswer(example));
            } else {
                assertAnswer(example);
            }
        }
        if (REWRITE) {
            ApiDoc.rewrite(answers);
        }
        assertThat(ApiDoc.examples()).as("examples").hasSizeGreaterThan(20);
    }

    private static void assertAnswer(Example example) throws Exception {
        assertThat(comparable(readable(run(example.command()), example.form())))
                .as(example.command())
                .isEqualTo(comparable(readable(example.answer(), example.form())));
    }

    private static String lastingAnswer(Example example) {
        AtomicReference<String> answer = new AtomicReference<>();
        await().during(mayBeRepeated(example) ? LASTING : Duration.ZERO)
                .atMost(LASTING.multipliedBy(5))
                .until(() -> {
                    String next = readable(run(example.command()), example.form());
                    String last = answer.getAndSet(next);
                    return !mayBeRepeated(example)
                            || last != null && comparable(last).equals(comparable(next));
                });
        return answer.get();
    }

    /** Whether repeating the command changes no later answer of the document. */
    private static boolean mayBeRepeated(Example example) {
        return !CHANGE.matcher(example.command()).find();
    }

    private static String comparable(String answer) {
        return VARYING.matcher(answer).replaceAll("(varies)");
    }

    private static String readable(String answer, String form) {
        return (form.equals("json") ? ReadableJson.of(JSON.readTree(answer)) : answer.replaceAll(" *\r?\n", "\n"))
                        .strip()
                + "\n";
    }

    private static String run(String command) throws IOException, InterruptedException {
        String here = analytics == null
                ? command
                : command.replace("http://localhost:3001", analytics.ingestion.url(""))
                        .replace("http://localhost:3002", analytics.reporting.url(""))
                        .replace("http://localhost:3003", analytics.processor.url(""));
        Process process = new ProcessBuilder("sh", "-c", here)
                .directory(new File("target"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        assertThat(analytics == null ? 0 : status).as(here).isZero();
        return output;
    }
}
