package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.webanalytics.reporting.answer.BreakdownAnswer;
import io.webanalytics.reporting.count.Ranking;
import io.webanalytics.reporting.count.ReportMemory;
import io.webanalytics.reporting.count.UnansweredException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** The memory of an answer is reserved until its reader has read it. */
class AnswerConverterTests {

    private static final int HALF_OF_THE_MEMORY = 1 << 20;
    private static final LocalDate DAY = LocalDate.parse("2025-11-12");
    private static final BreakdownAnswer ANSWER = new BreakdownAnswer(
            "s",
            DAY,
            DAY,
            "UTC",
            "path",
            1,
            1,
            0,
            10,
            List.of(new Ranking.Row("/" + "x".repeat(HALF_OF_THE_MEMORY / 2 - 100), 1)),
            null);

    private final ReportMemory memory = new ReportMemory(new ReportingProperties(
            Duration.ofSeconds(1),
            true,
            0,
            DataSize.ofBytes(HALF_OF_THE_MEMORY),
            DataSize.ofBytes(2 * HALF_OF_THE_MEMORY),
            1,
            DataSize.ofBytes(0),
            Set.of()));

    @Test
    void jsonIsAccountedForUntilItIsRead() throws IOException {
        new JsonConverter(memory, new JsonMapper())
                .write(ANSWER, MediaType.APPLICATION_JSON, new Reader(this::assertThatNothingIsLeft));

        memory.hold(HALF_OF_THE_MEMORY).close();
    }

    @Test
    void csvIsAccountedForUntilItIsRead() throws IOException {
        new CsvConverter(memory)
                .write(new CsvFile(ANSWER, false), CsvConverter.CSV, new Reader(this::assertThatNothingIsLeft));

        memory.hold(HALF_OF_THE_MEMORY).close();
    }

    private void assertThatNothingIsLeft() {
        assertThat(catchThrowable(() -> memory.hold(1_000))).isInstanceOf(UnansweredException.class);
    }

    /** Runs an action for each piece that arrives. */
    private record Reader(Runnable atEachPiece) implements HttpOutputMessage {

        @Override
        public OutputStream getBody() {
            return new OutputStream() {
                @Override
                public void write(int oneByte) {
                    atEachPiece.run();
                }

                @Override
                public void write(byte[] bytes, int from, int length) {
                    atEachPiece.run();
                }
            };
        }

        @Override
        public HttpHeaders getHeaders() {
            return new HttpHeaders();
        }
    }
}
