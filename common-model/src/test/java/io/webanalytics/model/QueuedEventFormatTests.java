package io.webanalytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
    void largestEventStaysBelowTheLargestElement() {
        String worst = "\"".repeat(EventRules.MAX_PATH - 1);
        String key = "k".repeat(EventRules.MAX_KEY);
        Event largest = new Event(
                key, key, "/" + worst, "😀".repeat(EventRules.MAX_USER_ID), Instant.parse("2025-11-12T19:30:01Z"), key);

        assertThat(QueuedEventFormat.encode(QueuedEvent.receive(largest, NOW)))
                .hasSizeLessThan(QueuedEventFormat.MAX_BYTES);
    }

    @Test
    void fieldsOfALaterVersionAreSkipped() {
        String element = text().replace("{\"v\":1", "{\"later\":{\"a\":[1]},\"v\":1");

        assertThat(decode(element).event()).isEqualTo(event);
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
