package io.webanalytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueuedEventFormatTests {

    private static final Instant NOW = Instant.parse("2025-11-12T19:30:05.123456789Z");

    private final Event event =
            new Event("site", "page_view", "/ü\"\\😀", "user", Instant.parse("2025-11-12T19:30:01.5Z"), "e1");

    @Test
    void whatIsWrittenIsReadAgain() {
        QueuedEvent queued = QueuedEvent.receive(event, NOW);

        assertThat(QueuedEventFormat.decode(QueuedEventFormat.encode(queued))).isEqualTo(queued);
        assertThat(queued.receivedAt()).isEqualTo(Instant.parse("2025-11-12T19:30:05.123Z"));
    }

    @Test
    void elementIsOneReadableJsonObject() {
        byte[] element = QueuedEventFormat.encode(QueuedEvent.receive(event, NOW));

        assertThat(new String(element, StandardCharsets.UTF_8))
                .startsWith("{\"v\":1,\"_id\":\"")
                .contains("\"received_at\":1762975805123,\"site_id\":\"site\"")
                .contains("\"timestamp\":\"2025-11-12T19:30:01.500Z\"");
    }

    @Test
    void optionalFieldsAreReadAgainAsTheyWere() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("z\"\\/😀", "\"\\/\u2028😀");
        properties.put("empty", "");
        properties.put("yes", true);
        properties.put("no", false);
        for (long number : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            properties.put("l" + number, number);
        }
        for (double number : new double[] {-0.0, 1.0, 0.1, 1e19, Double.MIN_VALUE, Double.MAX_VALUE}) {
            properties.put("d" + Double.hashCode(number), number);
        }
        QueuedEvent queued = QueuedEvent.receive(with("https://example.com/?q=\"|😀", "visit \\ 1", properties), NOW);
        QueuedEvent read = QueuedEventFormat.decode(QueuedEventFormat.encode(queued));

        assertThat(read).isEqualTo(queued);
        assertThat(read.event().properties().keySet()).containsExactlyElementsOf(properties.keySet());
    }

    @Test
    void whatIsAbsentIsNotWritten() {
        assertThat(text()).doesNotContain("referrer", "session_id", "properties");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "😀", "\u2028"})
    void largestEventStaysBelowTheLargestElement(String character) {
        String key = "k".repeat(EventRules.MAX_KEY);
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int i = 0; i < PropertyRules.MAX_ENTRIES; i++) {
            String name = (char) ('0' + i) + character.repeat(PropertyRules.MAX_KEY - 1);
            properties.put(name, character.repeat(PropertyRules.MAX_TEXT));
        }
        Event largest = new Event(
                        key,
                        key,
                        "/" + character.repeat(EventRules.MAX_PATH - 1),
                        character.repeat(EventRules.MAX_USER_ID),
                        Instant.parse("2025-11-12T19:30:01.123Z"),
                        key)
                .with(EventField.REFERRER, character.repeat(EventRules.MAX_REFERRER))
                .with(EventField.SESSION_ID, character.repeat(EventRules.MAX_SESSION_ID))
                .with(properties);
        QueuedEvent queued = QueuedEvent.receive(largest, NOW);
        byte[] element = QueuedEventFormat.encode(queued);

        assertThat(element).hasSizeLessThan(QueuedEventFormat.MAX_BYTES);
        assertThat(QueuedEventFormat.decode(element)).isEqualTo(queued);
    }

    @Test
    void fieldsOfALaterVersionAreSkipped() {
        String element = text().replace("{\"v\":1", "{\"later\":{\"a\":[1]},\"v\":1");

        assertThat(decode(element).event()).isEqualTo(event);
    }

    @Test
    void nullInAnElementIsTheSameAsLeftOut() {
        String element = text().replace("\"event_id\":\"e1\"", "\"event_id\":null,\"properties\":{\"a\":null}");

        assertThat(decode(element).event())
                .isEqualTo(decode(text().replace(",\"event_id\":\"e1\"", "")).event());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "garbage", "[]", "{}", "{\"v\":1}", "{\"v\":\"1\"}", "{\"v\":1,\"_id\":\"x\"}", "{\"v\":1"})
    void whatIsNoElementIsRefused(String element) {
        assertInvalid(element);
    }

    @Test
    void anotherVersionIsRefused() {
        assertInvalid(text().replace("\"v\":1", "\"v\":2"));
    }

    @Test
    void eventInAnElementKeepsTheRules() {
        assertInvalid(text().replace("\"site_id\":\"site\"", "\"site_id\":\"\""));
        assertInvalid(text().replace("2025-11-12T19:30:01.500Z", "yesterday"));
        assertInvalid(text().replace("\"received_at\":1762975805123,", ""));
        assertInvalid(text().replace("\"event_id\":\"e1\"", "\"session_id\":1"));
        assertInvalid(text().replace("\"event_id\":\"e1\"", "\"properties\":{\"a\":[]}"));
    }

    private static Event with(String referrer, String sessionId, Map<String, Object> properties) {
        Instant timestamp = Instant.parse("2025-11-12T19:30:01.5Z");
        return new Event("site", "click", "/", "user", timestamp, null)
                .with(EventField.REFERRER, referrer)
                .with(EventField.SESSION_ID, sessionId)
                .with(properties);
    }

    private String text() {
        return new String(QueuedEventFormat.encode(QueuedEvent.receive(event, NOW)), StandardCharsets.UTF_8);
    }

    private static QueuedEvent decode(String element) {
        return QueuedEventFormat.decode(element.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertInvalid(String element) {
        InvalidEventException e = catchThrowableOfType(InvalidEventException.class, () -> decode(element));
        assertThat(e).as("accepted: %s", element).isNotNull();
        assertThat(e.reason()).isEqualTo(RejectionReason.INVALID_ELEMENT);
        assertThat(e.errors()).isNotEmpty();
    }
}
