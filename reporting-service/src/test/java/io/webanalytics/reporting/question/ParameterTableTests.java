package io.webanalytics.reporting.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of parameters in {@code docs/API.md} has the words of the code. */
class ParameterTableTests {

    @ParameterizedTest
    @EnumSource
    void documentDescribesTheParameterAsTheCodeDoes(ReportParameter parameter) throws IOException {
        assertThat(Files.readAllLines(Path.of("..", "docs", "API.md")))
                .filteredOn(line -> line.startsWith("| `" + parameter.parameter() + "` |"))
                .singleElement()
                .asString()
                .endsWith("| " + parameter.description() + " | " + parameter.rule() + " |");
    }
}
