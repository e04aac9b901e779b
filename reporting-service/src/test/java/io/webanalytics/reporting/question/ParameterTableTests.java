package io.webanalytics.reporting.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of parameters in {@code docs/API.md} repeats descriptions and rules of the code. */
class ParameterTableTests {

    private static Stream<ReportParameter<?>> parameters() {
        return Arrays.stream(Report.values())
                .flatMap(report -> report.parameters().stream())
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void documentDescribesTheParameterAsTheCodeDoes(ReportParameter<?> parameter) throws IOException {
        assertThat(linesAboutReports())
                .filteredOn(line -> line.startsWith("| `" + parameter.name() + "` |"))
                .singleElement()
                .asString()
                .endsWith("| " + parameter.description() + " | " + parameter.rule() + " |");
    }

    private static List<String> linesAboutReports() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "API.md")).stream()
                .dropWhile(line -> !line.equals("## Reports"))
                .takeWhile(line -> line.equals("## Reports") || !line.startsWith("## "))
                .toList();
    }
}
