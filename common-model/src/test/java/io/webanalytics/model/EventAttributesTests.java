package io.webanalytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said beside an event never costs the event. How properties are cut is {@link EventPropertiesTests}. */
class EventAttributesTests {

    private static final String EMOJI = "\uD83D\uDE00"; // one character, two UTF-16 units, four bytes

    private final EventParser parser =
            new EventParser(Clock.fixed(Instant.parse("2025-11-12T19:30:00Z"), ZoneOffset.UTC), Duration.ofMinutes(5));

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", EMOJI})
    void textIsCutAfterItsLastCharacterAndNeverWithinOne(String character) {
        for (int most : new int[] {1, 127, 128}) {
            assertKept("session_id", character.repeat(most));
        }
        assertThat(cut("session_id", character.repeat(129)).text(EventField.SESSION_ID))
                .isEqualTo(character.repeat(128));
        assertKept("referrer", character.repeat(2_048));
        assertThat(cut("referrer", character.repeat(10_000)).text(EventField.REFERRER))
                .isEqualTo(character.repeat(2_048));
    }

    @Test
    void referrerThatIsTooLongKeepsItsHost() {
        String url = "https://news.example.com/" + "a".repeat(2_100);

        assertThat(cut("referrer", url).text(EventField.REFERRER)).isEqualTo(url.substring(0, 2_048));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://%s@News.Example.com./",
                "https://user:%s@bücher.example/",
                "https://%s",
                "https://%s.example.com/",
                "https://a:%s@[::1]/",
                "https://example.com:1%sx/"
            })
    void referrerWhoseHostCuttingWouldChangeKeepsTheHostAlone(String form) {
        String sent = form.formatted("1".repeat(2_100));
        String host = Referrers.hostOf(sent);

        String kept = cut("referrer", sent).text(EventField.REFERRER);
        assertThat(kept).hasSizeLessThanOrEqualTo(2_048);
        assertThat(Referrers.hostOf(kept)).isEqualTo(host);
    }

    @Test
    void hostIsWrittenAsAReferrer() {
        assertThat(cut("referrer", "https://" + "a".repeat(2_100) + "@News.Example.com/x")
                        .text(EventField.REFERRER))
                .isEqualTo("//news.example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\u0000", "\\u001f", "\\n", "\\u007f", "\\u0085", "\\ud83d", "\\ude00", "\\ude00\\u0000\\ud83d"
            })
    void controlCharactersAndUnpairedSurrogatesAreRemoved(String escaped) {
        assertThat(cut("referrer", "https://news" + escaped + ".example.com/").text(EventField.REFERRER))
                .isEqualTo("https://news.example.com/");
        assertThat(cut("session_id", escaped + "a" + escaped + "b" + EMOJI).text(EventField.SESSION_ID))
                .isEqualTo("ab" + EMOJI);
        assertThat(cut("referrer", escaped).text(EventField.REFERRER)).isNull();
        assertThat(cut("session_id", escaped).text(EventField.SESSION_ID)).isNull();
    }

    @Test
    void surrogatesThatBecomeNeighboursBecomeNoCharacter() {
        assertThat(cut("session_id", "a\\ud83d\\u0000\\ude00").text(EventField.SESSION_ID))
                .isEqualTo("a");
    }

    @Test
    void eachAttributeThatWasCutIsToldOnce() {
        ParsedEvent parsed = parse("\"referrer\": \"" + "\\u0000".repeat(3) + "a\", \"session_id\": \"a\","
                + " \"properties\": {\"a\": 1e999, \"b\": 1e999, \"c\": 1}");

        assertThat(parsed.cut()).containsExactly("referrer", "properties");
    }

    private void assertKept(String field, String value) {
        ParsedEvent parsed = parse("\"" + field + "\": \"" + value + "\"");
        assertThat(parsed.cut()).isEmpty();
        assertThat(
                        field.equals("referrer")
                                ? parsed.event().text(EventField.REFERRER)
                                : parsed.event().text(EventField.SESSION_ID))
                .isEqualTo(value);
    }

    private Event cut(String field, String value) {
        ParsedEvent parsed = parse("\"" + field + "\": \"" + value + "\"");
        assertThat(parsed.cut()).containsExactly(field);
        return parsed.event();
    }

    private ParsedEvent parse(String more) {
        String body = "{\"site_id\": \"s\", \"event_type\": \"click\", \"path\": \"/\", \"user_id\": \"u\","
                + " \"timestamp\": \"2025-11-12T19:30:01Z\", " + more + "}";
        return parser.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
