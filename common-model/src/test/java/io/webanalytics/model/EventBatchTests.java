package io.webanalytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.webanalytics.model.EventBatch.RejectedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches: which events are taken, and what is said of the others. What an event may hold is {@link EventParserTests}. */
class EventBatchTests {

    private static final Instant NOW = Instant.parse("2025-11-12T19:30:00Z");

    private final EventParser parser = new EventParser(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMinutes(5));

    @Test
    void arrayIsReadInOrderAndEachEventHasAVerdict() {
        EventBatch batch =
                array("[" + event("/0") + ", {}, 7, [[{}]], null, \"x\", " + event("/6") + "," + event("7") + "]");

        assertThat(batch.events()).extracting(Event::path).containsExactly("/0", "/6");
        assertThat(batch.rejected()).extracting(RejectedEvent::index).containsExactly(1, 2, 3, 4, 5, 7);
        assertThat(batch.rejected().get(0).errors())
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("site_id", "event_type", "path", "user_id", "timestamp");
        assertThat(batch.rejected().subList(1, 5))
                .allSatisfy(rejected ->
                        assertThat(rejected.errors()).containsExactly(new FieldError("body", "must be a JSON object")));
        assertThat(batch.rejected().get(5).errors()).containsExactly(new FieldError("path", "must start with /"));
    }

    @Test
    void linesAreReadInOrderAndOneThatIsNotJsonIsOneRejectedEvent() {
        EventBatch batch = lines(event("/0") + "\n{\"site_id\"\n\n \t\r\n" + event("/2") + "\r\n[]\n" + event("/4")
                + "{}\n" + event("/5"));

        assertThat(batch.events()).extracting(Event::path).containsExactly("/0", "/2", "/5");
        assertThat(batch.rejected()).extracting(RejectedEvent::index).containsExactly(1, 3, 4);
        assertThat(batch.rejected().get(0).errors().get(0).reason()).startsWith("must be valid JSON (column ");
        assertThat(batch.rejected().get(1).errors()).containsExactly(new FieldError("body", "must be a JSON object"));
        assertThat(batch.rejected().get(2).errors())
                .containsExactly(new FieldError("body", "must be one JSON object and nothing after it"));
    }

    @Test
    void lineThatIsNotUtf8IsOneRejectedEvent() {
        byte[] body = (event("/0") + "\n" + event("/é") + "\n" + event("/2")).getBytes(StandardCharsets.ISO_8859_1);

        EventBatch batch = parser.parseLines(body);

        assertThat(batch.events()).extracting(Event::path).containsExactly("/0", "/2");
        assertThat(batch.rejected())
                .containsExactly(new RejectedEvent(
                        1, RejectionReason.INVALID_JSON, List.of(new FieldError("body", "must be encoded in UTF-8"))));
    }

    @Test
    void byteOrderMarksAreSkippedAtTheStartOfAnArrayAndOfAnyLine() {
        assertThat(array("\uFEFF[" + event("/0") + "]").events()).hasSize(1);

        EventBatch batch = lines("\uFEFF" + event("/0") + "\n" + event("/1") + "\r\n\uFEFF" + event("/2")
                + "\n\uFEFF\n\uFEFF\uFEFF" + event("/3"));
        assertThat(batch.events()).extracting(Event::path).containsExactly("/0", "/1", "/2", "/3");
        assertThat(batch.rejected()).isEmpty();
    }

    @Test
    void attributesThatWereCutAreToldAsOftenAsTheyWere() {
        String cut = event("/").replaceFirst("}$", ", \"session_id\": \"" + "a".repeat(129) + "\"}");

        EventBatch batch =
                array("[" + cut + ", " + event("/") + ", " + cut + ", " + cut.replace("\"/\"", "\"\"") + "]");
        assertThat(batch.events()).hasSize(3);
        assertThat(batch.cut()).as("of those that are taken").containsExactly("session_id", "session_id");
    }

    @Test
    void nothingIsABatchToo() {
        assertThat(array(" [ ] ")).isEqualTo(EventBatch.empty());
        assertThat(lines("")).isEqualTo(EventBatch.empty());
        assertThat(lines("\n \n")).isEqualTo(EventBatch.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "7", "[", "[{}", "[{]", "[{}] []", "[{},]", "[} "})
    void whatIsNotAnArrayIsRefusedWhole(String body) {
        assertThat(refusal(body, this::array)).isEqualTo(RejectionReason.INVALID_JSON);
    }

    @Test
    void nestingIsAsDeepAsInASingleEvent() {
        String deepest = event("/").replaceFirst("}$", ", \"x\": " + "[".repeat(31) + "]".repeat(31) + "}");
        String deeper = event("/").replaceFirst("}$", ", \"x\": " + "[".repeat(32) + "]".repeat(32) + "}");

        assertThat(array("[" + deepest + "]").events()).hasSize(1);
        assertThat(lines(deepest).events()).hasSize(1);
        assertThat(refusal("[" + deeper + "]", this::array)).isEqualTo(RejectionReason.INVALID_JSON);
        assertThat(lines(deeper).rejected()).hasSize(1);
    }

    @Test
    void aThousandEventsAreABatchAndOneMoreIsNot() {
        assertThat(array(events(1_000, ",", "[", "]")).events()).hasSize(1_000);
        assertThat(lines(events(1_000, "\n", "", "")).events()).hasSize(1_000);
        assertThat(refusal(events(1_001, ",", "[", "]"), this::array)).isEqualTo(RejectionReason.TOO_LARGE);
        assertThat(refusal(events(1_001, "\n", "", ""), this::lines)).isEqualTo(RejectionReason.TOO_LARGE);
    }

    private static String events(int count, String between, String start, String end) {
        return IntStream.range(0, count).mapToObj(i -> event("/" + i)).collect(Collectors.joining(between, start, end));
    }

    private static String event(String path) {
        return "{\"site_id\": \"s\", \"event_type\": \"page_view\", \"path\": \"" + path
                + "\", \"user_id\": \"u\", \"timestamp\": \"2025-11-12T19:30:01Z\"}";
    }

    private EventBatch array(String body) {
        return parser.parseArray(body.getBytes(StandardCharsets.UTF_8));
    }

    private EventBatch lines(String body) {
        return parser.parseLines(body.getBytes(StandardCharsets.UTF_8));
    }

    private static RejectionReason refusal(String body, Function<String, EventBatch> reader) {
        InvalidEventException e = catchThrowableOfType(InvalidEventException.class, () -> reader.apply(body));
        assertThat(e).as("accepted: %s", body).isNotNull();
        return e.reason();
    }
}
