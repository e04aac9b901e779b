package io.webanalytics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTests {

    private static final Instant NOW = Instant.parse("2025-11-12T19:30:00Z");
    private static final String EMOJI = "\uD83D\uDE00"; // one character, two UTF-16 units, four bytes

    private final EventParser parser = new EventParser(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMinutes(5));

    @Test
    void readsEveryField() {
        Event event = parse("""
                {"site_id": "site-abc-123", "event_type": "page_view", "path": "/pricing", "user_id": "user-xyz-789",
                 "timestamp": "2025-11-12T19:30:01.123456+00:00", "event_id": "e:1", "unknown": {"a": [1, null, "x"]},
                 "referrer": "https://www.example.com/?q=a|b", "session_id": "visit 1", "properties": {"plan": "pro"}}""");

        assertThat(event)
                .isEqualTo(new Event(
                                "site-abc-123",
                                "page_view",
                                "/pricing",
                                "user-xyz-789",
                                Instant.parse("2025-11-12T19:30:01.123Z"),
                                "e:1")
                        .with(EventField.REFERRER, "https://www.example.com/?q=a|b")
                        .with(EventField.SESSION_ID, "visit 1")
                        .with(Map.of("plan", "pro")));
    }

    static Stream<Arguments> lengths() {
        return Stream.of(
                Arguments.of("site_id", "", "a", 64),
                Arguments.of("event_type", "", "Z", 64),
                Arguments.of("event_id", "", ":", 64),
                Arguments.of("path", "/", "é", 2_048),
                Arguments.of("path", "/", EMOJI, 2_048),
                Arguments.of("user_id", "", EMOJI, 128));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void textIsAcceptedFromOneCharacterToItsMost(String field, String prefix, String character, int most) {
        String longest = prefix + character.repeat(most - prefix.length());

        assertThat(parse(with(field, prefix.isEmpty() ? character : prefix))).isNotNull();
        assertThat(parse(with(field, longest))).isNotNull();
        assertThat(refused(with(field, longest + character))).containsExactly(field);
        assertThat(refused(with(field, ""))).containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"site_id", "event_type", "path", "user_id", "timestamp"})
    void requiredFieldIsRefusedWhenMissingNullOrNotAString(String field) {
        assertThat(errors(without(field))).containsExactly(new FieldError(field, "is required"));
        assertThat(errors(withJson(field, "null"))).containsExactly(new FieldError(field, "is required"));
        for (String json : new String[] {"1", "true", "[\"a\"]", "{\"a\": \"b\"}", "1.5e3"}) {
            assertThat(errors(withJson(field, json))).containsExactly(new FieldError(field, "must be a string"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"event_id", "referrer", "session_id"})
    void optionalFieldIsAStringOrLeftOut(String field) {
        for (String json : new String[] {"7", "false", "[\"a\"]", "{\"a\": \"b\"}"}) {
            assertThat(errors(withJson(field, json))).containsExactly(new FieldError(field, "must be a string"));
        }
    }

    @Test
    void whatIsLeftOutIsAbsent() {
        Event event = parse(without("event_id"));

        assertThat(event.eventId()).isNull();
        assertThat(event.text(EventField.REFERRER)).isNull();
        assertThat(event.text(EventField.SESSION_ID)).isNull();
        assertThat(event.properties()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"event_id", "referrer", "session_id", "properties", "unknown"})
    void nullIsTheSameAsLeftOut(String field) {
        assertThat(parse(withJson(field, "null"))).isEqualTo(parse(without(field)));
    }

    @Test
    void nullBesideAValueIsNoSecondValue() {
        assertThat(parse("{\"path\": null, " + with("path", "/").substring(1)).path())
                .isEqualTo("/");
        assertThat(parse("{\"session_id\": null, " + with("session_id", "a").substring(1))
                        .text(EventField.SESSION_ID))
                .isEqualTo("a");
    }

    @Test
    void emptyAttributeIsTheSameAsLeftOut() {
        assertThat(parse(with("referrer", ""))).isEqualTo(parse(without("referrer")));
        assertThat(parse(with("session_id", ""))).isEqualTo(parse(without("session_id")));
        assertThat(refused("{\"referrer\": \"\", " + with("referrer", "").substring(1)))
                .containsExactly("referrer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "ä", "a\n", "*", "site$", "１"})
    void keysKeepToTheirAlphabet(String value) {
        assertThat(refused(with("site_id", value))).containsExactly("site_id");
        assertThat(refused(with("event_type", value))).containsExactly("event_type");
        assertThat(refused(with("event_id", value))).containsExactly("event_id");
    }

    @Test
    void pathStartsWithASlash() {
        assertThat(errors(with("path", "pricing"))).containsExactly(new FieldError("path", "must start with /"));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-12T19:30:01Z, 2025-11-12T19:30:01Z",
        "2025-11-12T19:30Z, 2025-11-12T19:30:00Z",
        "2025-11-12t19:30:01z, 2025-11-12T19:30:01Z",
        "2025-11-12T20:30:01+01:00, 2025-11-12T19:30:01Z",
        "2025-11-12T13:00:01.5-05:45, 2025-11-12T18:45:01.500Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "2025-11-12T19:34:59.999999Z, 2025-11-12T19:34:59.999Z",
        "2025-11-12T19:35:00Z, 2025-11-12T19:35:00Z",
        "2000-01-01T00:00:00Z, 2000-01-01T00:00:00Z",
    })
    void timestampIsAnInstantToTheMillisecond(String given, Instant expected) {
        assertThat(parse(with("timestamp", given)).timestamp()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-11-12T19:30:01",
                "2025-11-12",
                "2025-02-29T00:00:00Z",
                "2025-11-31T00:00:00Z",
                "2025-11-12T24:00:00Z",
                "2025-11-12T19:30:01Z[UTC]",
                "1763000000",
                "",
                "now",
                "1999-12-31T23:59:59.999Z",
                "2025-11-12T19:35:00.001Z",
                "9999-12-31T23:59:59Z",
                "+1000000000-01-01T00:00:00Z"
            })
    void timestampIsRefusedWithoutOffsetOutOfRangeOrImpossible(String given) {
        assertThat(refused(with("timestamp", given))).containsExactly("timestamp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u001f", "\\u007f", "\\u0085", "\\ud83d", "\\ude00", "\\ude00\\ud83d"})
    void controlCharactersAndUnpairedSurrogatesAreRefusedButInAttributes(String escaped) {
        assertThat(refused(withJson("path", "\"/a" + escaped + "\""))).containsExactly("path");
        assertThat(refused(withJson("user_id", "\"" + escaped + "a\""))).containsExactly("user_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u0085", "\\ud83d"})
    void unknownFieldMayHoldAndBeCalledAnything(String escaped) {
        for (String json : new String[] {"\"x\"", "[1, {\"a\": [\"x\"]}]", "{\"x\": 1e999}", "1" + "0".repeat(2_000)}) {
            assertThat(parse(withJson("unknown", json.replace("x", escaped)))).isEqualTo(parse(valid()));
            assertThat(parse(withJson("a" + escaped, json))).isEqualTo(parse(valid()));
        }
        assertThat(parse(withJson("k".repeat(60_000), "1"))).isEqualTo(parse(valid()));
    }

    @Test
    void pairedSurrogatesAreOneCharacter() {
        assertThat(parse(withJson("user_id", "\"\\ud83d\\ude00\"")).userId()).isEqualTo(EMOJI);
    }

    @Test
    void rawNulAndRawSurrogateBytesAreNotJson() {
        assertThat(notJson(bytes(with("user_id", "a\u0000")))).contains("valid JSON");
        byte[] body = bytes(with("user_id", "???"));
        int at = new String(body, StandardCharsets.ISO_8859_1).indexOf("???");
        body[at] = (byte) 0xED;
        body[at + 1] = (byte) 0xA0;
        body[at + 2] = (byte) 0x80;
        assertThat(notJson(body)).contains("UTF-8");
    }

    @Test
    void everyBrokenFieldIsNamed() {
        assertThat(refused("{\"site_id\": \"\", \"path\": 1, \"timestamp\": \"x\"}"))
                .containsExactlyInAnyOrder("site_id", "path", "event_type", "user_id", "timestamp");
    }

    @Test
    void fieldGivenTwiceIsRefused() {
        assertThat(errors("{\"site_id\": \"a\", " + valid().substring(1)))
                .containsExactly(new FieldError("site_id", "must be given once"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"site_id\"",
                "{\"site_id\": \"a",
                "{\"site_id\": \"a\"",
                "[]",
                "null",
                "\"event\"",
                "42",
                "{} {}",
                "{}x",
                "{'site_id': 'a'}",
                "{\"a\": NaN}",
                "{\"a\": 01}",
                "{\"a\": \"\n\"}",
                "{,}",
                "\uFEFF{"
            })
    void whatIsNotOneJsonObjectIsRefused(String body) {
        assertThat(notJson(bytes(body))).isNotEmpty();
    }

    @Test
    void byteOrderMarksAtTheStartAreSkipped() {
        assertThat(parse("\uFEFF" + valid())).isEqualTo(parse(valid()));
        assertThat(parse("\uFEFF\uFEFF " + valid())).isEqualTo(parse(valid()));
        assertThat(notJson(bytes(valid() + "\uFEFF"))).contains("valid JSON");
        assertThat(notJson(bytes("\uFEFF"))).contains("a JSON object");
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] whole = bytes(valid());
        for (int length = 0; length < whole.length; length++) {
            assertThat(notJson(Arrays.copyOf(whole, length))).isNotEmpty();
        }
    }

    @Test
    void deepNestingIsRefusedAndShallowNestingIsNot() {
        assertThat(parse(withJson("unknown", "[".repeat(31) + "]".repeat(31)))).isNotNull();
        assertThat(notJson(bytes(withJson("unknown", "[".repeat(32) + "]".repeat(32)))))
                .contains("deeper than 32");
        assertThat(notJson(bytes(withJson("unknown", "[".repeat(30_000))))).contains("deeper than 32");
    }

    @Test
    void hostileBodyEarnsAShortAnswer() {
        StringBuilder keys = new StringBuilder("{");
        StringBuilder properties = new StringBuilder("{");
        for (int i = 0; i < 2_000; i++) {
            keys.append("\"site_id\": ").append(i).append(", ");
            properties.append("\"k").append(i).append("\": [], ");
        }
        assertThat(errors(keys.append("\"a\": 1}").toString())).hasSizeLessThanOrEqualTo(20);
        assertThat(errors(withJson("properties", properties.append("\"a\": 1}").toString())))
                .hasSizeLessThanOrEqualTo(20);
    }

    private static String valid() {
        return with("unknown", "x");
    }

    private static String with(String field, String value) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            json.append(c == '"' || c == '\\' ? "\\" + c : String.valueOf(c));
        }
        return withJson(field, json.append('"').toString().replace("\n", "\\n"));
    }

    private static String withJson(String field, String json) {
        String others = without(field);
        return "{\"" + field + "\": " + json + (others.length() > 2 ? ", " : "") + others.substring(1);
    }

    private static String without(String field) {
        return Stream.of(
                        "\"site_id\": \"s\"",
                        "\"event_type\": \"page_view\"",
                        "\"path\": \"/\"",
                        "\"user_id\": \"u\"",
                        "\"timestamp\": \"2025-11-12T19:30:01Z\"")
                .filter(member -> !member.startsWith("\"" + field + "\""))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private Event parse(String body) {
        return parser.parse(bytes(body)).event();
    }

    private List<FieldError> errors(String body) {
        InvalidEventException e = catchThrowableOfType(InvalidEventException.class, () -> parser.parse(bytes(body)));
        assertThat(e).as("accepted: %s", body).isNotNull();
        assertThat(e.reason()).isEqualTo(RejectionReason.INVALID_EVENT);
        return e.errors();
    }

    private List<String> refused(String body) {
        return errors(body).stream().map(FieldError::field).toList();
    }

    private String notJson(byte[] body) {
        InvalidEventException e = catchThrowableOfType(InvalidEventException.class, () -> parser.parse(body));
        assertThat(e).isNotNull();
        assertThat(e.reason()).isEqualTo(RejectionReason.INVALID_JSON);
        assertThat(e.errors()).singleElement().extracting(FieldError::field).isEqualTo("body");
        return e.errors().get(0).reason();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
