package io.webanalytics.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTests {

    @ParameterizedTest
    @CsvSource({
        "/pricing, /pricing, true",
        "/pricing, /pricing/, false",
        "/pricing, /Pricing, false",
        "/blog/*, /blog/, true",
        "/blog/*, /blog/a/b, true",
        "/blog/*, /blog, false",
        "*.pdf, /a/b.pdf, true",
        "*.pdf, /a/b.pdf?x, false",
        "*, '', true",
        "*, /, true",
        "**, /, true",
        "/*a*a*b, /aab, true",
        "/*a*a*b, /ab, false",
        "/a*a, /a, false",
        "/a*a, /aa, true",
        "/*ab*ab*, /xabab, true",
        "/*ab*ab*, /xaab, false",
        "/*aab, /aaab, true",
        "/*abac*, /ababac, true",
        "'/a\\*b', /a*b, true",
        "'/a\\*b', /axb, false",
        "'/a\\\\*', '/a\\b', true",
        "'/a\\b', '/a\\b', true",
        "'/a\\', '/a\\', true",
        "/*😀, /x😀, true",
        "/?.+, /?.+, true",
        "/?.+, /ab, false",
    })
    void starStandsForAnyCharactersAndNothingElseForOthers(String pattern, String value, boolean matches) {
        assertThat(new Wildcard(pattern).matches(value)).isEqualTo(matches);
    }

    @Test
    void lineSeparatorsAreCharactersAsOthers() {
        assertThat(new Wildcard("/a*b").matches("/a\u2028\u0085b")).isTrue();
    }

    @Test
    void matchingIsWhatTryingAllWaysSays() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            String pattern = text(random, "ab*", 8);
            String value = text(random, "ab", 10);

            assertThat(new Wildcard(pattern).matches(value))
                    .as("%s matches %s", pattern, value)
                    .isEqualTo(tryAll(pattern, value));
        }
    }

    /** A matcher that backtracks would take years for the first pattern, and minutes for the second. */
    @Test
    void timeGrowsWithTheLengthOnly() {
        String value = "/" + "a".repeat(2_047);
        Wildcard manyStars = new Wildcard("/" + "*a".repeat(1_000) + "*b");
        Wildcard longLiteral = new Wildcard("/*" + "a".repeat(1_000) + "b*");

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 20_000; i++) {
                assertThat(manyStars.matches(value) || longLiteral.matches(value))
                        .isFalse();
            }
        });
    }

    private static String text(Random random, String alphabet, int longest) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(longest + 1); text.length() < length; ) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static boolean tryAll(String pattern, String value) {
        if (pattern.isEmpty()) {
            return value.isEmpty();
        }
        if (pattern.charAt(0) == '*') {
            return tryAll(pattern.substring(1), value) || !value.isEmpty() && tryAll(pattern, value.substring(1));
        }
        return !value.isEmpty()
                && pattern.charAt(0) == value.charAt(0)
                && tryAll(pattern.substring(1), value.substring(1));
    }
}
