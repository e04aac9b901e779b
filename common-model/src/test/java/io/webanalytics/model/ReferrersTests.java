package io.webanalytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferrersTests {

    @ParameterizedTest
    @CsvSource({
        "https://www.example.com/search?q=a, www.example.com",
        "https://www.example.com, www.example.com",
        "HTTPS://WWW.Example.COM:443/, www.example.com",
        "http://example.com:/x, example.com",
        "http://example.com?q=http://other.example/, example.com",
        "http://example.com#top, example.com",
        "http://localhost:8080/, localhost",
        "http://192.168.0.1/, 192.168.0.1",
        "http://[2001:DB8::1]:8080/, [2001:db8::1]",
        "http://user:secret@example.com/, example.com",
        "http://a@b@example.com:80/, example.com",
        "//example.com/x, example.com",
        "android-app://com.example.app/, com.example.app",
        "http://under_score.example.com/, under_score.example.com",
    })
    void hostIsReadInLowerCaseWithoutPortAndUser(String referrer, String host) {
        assertThat(Referrers.hostOf(referrer)).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/a b?q={c|d}&e=%zz^, example.com",
        "'https://example.com/\u2028', example.com",
        "https://example.com\\@other.example/, example.com",
        "https://BÜCHER.example/, bücher.example",
        "https://xn--bcher-kva.example/, xn--bcher-kva.example",
        "https://हिन्दी.example/, हिन्दी.example",
    })
    void hostIsReadWhereUriWouldNotReadIt(String referrer, String host) {
        assertThat(Referrers.hostOf(referrer)).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "example.com/page",
                "about:blank",
                "https:",
                "https://",
                "https:///path",
                "file:///home/x.html",
                "https:/example.com/",
                "https://:443/",
                "https://user@/",
                "https://?q",
                "https://exa mple.com/",
                "https://example.com:port/",
                "https://example%2ecom/",
                "https://.example.com/",
                "https://[::1/",
                "https://[]/",
                "https://(direct)/",
                "https://a\u202Eb/",
                "1http://example.com/",
                "://example.com/",
                " https://example.com/"
            })
    void whatHasNoReadableHostIsOther(String referrer) {
        assertThat(Referrers.hostOf(referrer)).isEqualTo("(other)");
    }

    @Test
    void hostHasAtMost255Characters() {
        String longest = "a".repeat(255);

        assertThat(Referrers.hostOf("https://" + longest + "/")).isEqualTo(longest);
        assertThat(Referrers.hostOf("https://" + longest + "a/")).isEqualTo("(other)");
    }

    @Test
    void whateverIsSentIsAnsweredAtOnce() {
        for (String part : new String[] {"@", "a@", "a", "a:", "//", "[", "a.", "\\", "\uD83D", "é"}) {
            for (String start : new String[] {"", "http://", "http://a@", "http://[", "//"}) {
                assertThat(Referrers.hostOf(start + part.repeat(2_048))).isNotEmpty();
                assertThat(Referrers.hostOf(start + part.repeat(2_048) + " ")).isNotEmpty();
            }
        }
    }

    @Test
    void noiseNeverThrows() {
        Random random = new Random(7);
        String letters = "ah:/@[].?#\\% é\uD83D\u0000";
        for (int i = 0; i < 20_000; i++) {
            String noise = random.ints(random.nextInt(20), 0, letters.length())
                    .mapToObj(at -> letters.substring(at, at + 1))
                    .reduce("http://", String::concat);
            assertThat(Referrers.hostOf(noise)).isNotEmpty();
        }
    }
}
