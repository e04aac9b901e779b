package io.webanalytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of fields in {@code README.md} says what the code does. */
class FieldTableTests {

    @ParameterizedTest
    @EnumSource
    void documentHasTheFieldAsTheCodeHas(EventField field) throws IOException {
        String row = row(field);

        assertThat(row).startsWith(field.isRequired() ? "required" : "optional");
        assertThat(row.endsWith("| refused |")).as(row).isNotEqualTo(field.isAttribute());
        TextRule rule = field.rule();
        if (rule != null && rule.isBounded()) {
            assertThat(row).containsPattern(String.format(Locale.ROOT, "1–%,d\\b", rule.most()));
        }
    }

    private static String row(EventField field) throws IOException {
        String start = "| `" + field.word() + "` | ";
        List<String> rows = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(line -> line.startsWith(start))
                .toList();
        assertThat(rows).as(start).hasSize(1);
        return rows.get(0).substring(start.length());
    }
}
