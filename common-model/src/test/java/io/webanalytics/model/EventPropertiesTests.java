package io.webanalytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an event's {@code properties} may hold, as a sender is answered. */
class EventPropertiesTests {

    private static final Instant NOW = Instant.parse("2025-11-12T19:30:00Z");
    private static final String EMOJI = "\uD83D\uDE00"; // one character, two UTF-16 units, four bytes
    private static final String KEY_RULE =
            "must have keys that are not empty, do not start with $ and do not contain .";

    private final EventParser parser = new EventParser(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMinutes(5));

    @Test
    void scalarsAreKeptInTheirOrder() {
        Map<String, Object> properties =
                read("{\"z\": \"pro\", \"a\": -7, \"m\": 19.99, \"b\": true, \"no\": false, \"q$\": 0}");

        assertThat(properties.keySet()).containsExactly("z", "a", "m", "b", "no", "q$");
        assertThat(properties.values()).containsExactly("pro", -7L, 19.99, true, false, 0L);
    }

    @Test
    void propertiesCannotBeChanged() {
        Map<String, Object> properties = read("{\"a\": 1}");

        assertThatThrownBy(() -> properties.put("b", 2L)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void emptyPropertiesAreNone() {
        assertThat(read("{}")).isEmpty();
    }

    @Test
    void propertiesAreAnObject() {
        for (String json : new String[] {"[]", "[{\"a\": 1}]", "\"a\"", "7", "true"}) {
            assertThat(errors(json)).containsExactly(error("must be an object"));
        }
    }

    @Test
    void nullIsTheSameAsLeftOut() {
        assertThat(read("null")).isEmpty();
        assertThat(read("{\"a\": null}")).isEmpty();
        assertThat(read("{\"a\": null, \"$b.c\": null, \"a\": 1, \"d\": null}")).containsExactly(Map.entry("a", 1L));
        assertThat(read("{\"n\": null, " + numbered(30).substring(1)))
                .as("what is left out is not one of thirty")
                .hasSize(30);
    }

    @Test
    void propertiesAreGivenOnce() {
        assertThat(errors("{\"a\": 1}, \"properties\": {\"b\": [2]}")).containsExactly(error("must be given once"));
    }

    @Test
    void theFirstThirtyAreKept() {
        assertThat(read(numbered(30))).hasSize(30);
        for (int entries : new int[] {31, 5_000}) {
            assertThat(cut(numbered(entries)).properties()).hasSize(30).containsKeys("k0", "k29");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "é", EMOJI})
    void keyIsOneToSixtyFourCharacters(String character) {
        assertThat(read(entry(character, "1"))).containsKey(character);
        assertThat(read(entry(character.repeat(64), "1"))).containsKey(character.repeat(64));
        assertThat(cut(entry(character.repeat(65), "1")).properties()).isEmpty();
        assertThat(errors(entry("", "1"))).containsExactly(error(KEY_RULE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$", "$set", "a.b", ".", "a."})
    void keyMeansNothingToMongo(String key) {
        assertThat(errors(entry(key, "1"))).containsExactly(error(KEY_RULE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u001f", "\\u007f", "\\u0085", "\\ud83d", "\\ude00"})
    void controlCharactersAndUnpairedSurrogatesAreRefusedInKeysAndRemovedFromTexts(String escaped) {
        assertThat(errors(entry("a" + escaped, "1")))
                .containsExactly(error("must not contain control characters or unpaired surrogates in its keys"));
        assertThat(cut(entry("a", "\"b" + escaped + "c\"")).properties()).containsExactly(Map.entry("a", "bc"));
        assertThat(cut(entry("a", "\"" + escaped + "\"")).properties()).containsExactly(Map.entry("a", ""));
    }

    @Test
    void keyIsGivenOnce() {
        assertThat(errors("{\"a\": 1, \"b\": 2, \"a\": 1}")).containsExactly(error("a", "must be given once"));
        assertThat(errors("{\"a\": 1, \"\\u0061\": 2}")).containsExactly(error("a", "must be given once"));
    }

    @Test
    void valueIsAScalar() {
        for (String json : new String[] {"{}", "[]", "{\"b\": 1}", "[1, [2]]"}) {
            assertThat(errors(entry("a", json)))
                    .containsExactly(error("a", "must be a string, a number, true or false"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", EMOJI})
    void stringIsCutAfterFiveHundredCharacters(String character) {
        for (int length : new int[] {0, 1, 500}) {
            String value = character.repeat(length);
            assertThat(read(entry("a", "\"" + value + "\""))).containsEntry("a", value);
        }
        assertThat(cut(entry("a", "\"" + character.repeat(501) + "\"")).properties())
                .containsExactly(Map.entry("a", character.repeat(500)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "-1", "9223372036854775807", "-9223372036854775808"})
    void wholeNumberThatFitsIsALong(String json) {
        assertThat(read(entry("a", json))).containsEntry("a", Long.valueOf(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e3",
                "-0.0",
                "9223372036854775808",
                "-9223372036854775809",
                "1.7976931348623157e308",
                "1e-400"
            })
    void anyOtherNumberIsADouble(String json) {
        assertThat(read(entry("a", json))).containsEntry("a", Double.valueOf(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e309", "-1e309", "1e999999999", "1e99999999999"})
    void numberBeyondTheLargestDoubleIsLeftOut(String json) {
        assertThat(cut("{\"a\": " + json + ", \"b\": 1}").properties()).containsExactly(Map.entry("b", 1L));
    }

    @Test
    void numberOfMoreThanSixtyFourCharactersIsLeftOut() {
        assertThat(read(entry("a", "9".repeat(64)))).containsEntry("a", 1e64);
        assertThat(read(entry("a", "0." + "3".repeat(62)))).containsEntry("a", 1 / 3.0);
        for (String json :
                new String[] {"9".repeat(65), "0." + "3".repeat(63), "1" + "0".repeat(5_000), "1e" + "9".repeat(5_000)
                }) {
            assertThat(cut("{\"a\": " + json + ", \"b\": 1}").properties()).containsExactly(Map.entry("b", 1L));
        }
    }

    @Test
    void everyBrokenPropertyIsNamedBesideTheOtherFields() {
        assertThat(errors("{\"a\": {}, \"b\": 1, \"c\": [], \"d.e\": 1, \"f.g\": 1}, \"session_id\": 1"))
                .extracting(FieldError::field)
                .containsExactly("properties.a", "properties.c", "properties", "session_id");
    }

    private static String numbered(int entries) {
        return IntStream.range(0, entries)
                .mapToObj(i -> "\"k" + i + "\": " + i)
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String entry(String key, String json) {
        return "{\"" + key + "\": " + json + "}";
    }

    private static FieldError error(String rule) {
        return new FieldError("properties", rule);
    }

    private static FieldError error(String key, String rule) {
        return new FieldError("properties." + key, rule);
    }

    private Map<String, Object> read(String properties) {
        ParsedEvent parsed = parse(properties);
        assertThat(parsed.cut()).isEmpty();
        return parsed.event().properties();
    }

    private Event cut(String properties) {
        ParsedEvent parsed = parse(properties);
        assertThat(parsed.cut()).containsExactly("properties");
        return parsed.event();
    }

    private List<FieldError> errors(String properties) {
        InvalidEventException e = catchThrowableOfType(InvalidEventException.class, () -> parse(properties));
        assertThat(e).as("accepted: %s", properties).isNotNull();
        assertThat(e.reason()).isEqualTo(RejectionReason.INVALID_EVENT);
        return e.errors();
    }

    private ParsedEvent parse(String properties) {
        String body = "{\"site_id\": \"s\", \"event_type\": \"click\", \"path\": \"/\", \"user_id\": \"u\","
                + " \"timestamp\": \"2025-11-12T19:30:01Z\", \"properties\": " + properties + "}";
        return parser.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
