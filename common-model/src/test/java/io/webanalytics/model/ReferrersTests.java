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
        "' https://example.com/ ', example.com",
        "https://हिन्दी.example/, xn--j2bd4cyah0f.example",
        "https://😀.example/, xn--e28h.example",
    })
    void hostIsReadWhereUriWouldNotReadIt(String referrer, String host) {
        assertThat(Referrers.hostOf(referrer)).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "https://news.example.com./c, news.example.com",
        "https://NEWS.Example.com.:443/c, news.example.com",
        "https://news.example.com。../c, news.example.com",
        "https://bücher.example/, xn--bcher-kva.example",
        "https://BÜCHER.Example./, xn--bcher-kva.example",
        "https://bu\u0308cher.example/, xn--bcher-kva.example",
        "https://XN--Bcher-KVA.example/, xn--bcher-kva.example",
        "https://ｎｅｗｓ．example。com/, news.example.com",
        "'http://[2001:db8:0:0:0:0:0:1]/', [2001:db8::1]",
        "'http://[2001:0DB8::0001]/', [2001:db8::1]",
        "'http://[2001:db8:0:0:1:0:0:1]/', [2001:db8::1:0:0:1]",
        "'http://[2001:db8:0:1:1:1:1:1]/', [2001:db8:0:1:1:1:1:1]",
        "'http://[0:0:0:0:0:0:0:0]/', [::]",
        "'http://[1:0::]/', [1::]",
        "'http://[::ffff:192.0.2.1]/', [::ffff:c000:201]",
        "'http://[::FFFF:C000:201]/', [::ffff:c000:201]",
        "http://192.168.1/, 192.168.0.1",
        "http://0xC0.0250.1/, 192.168.0.1",
        "http://3232235521./, 192.168.0.1",
        "http://192.168.0.256/, 192.168.0.256",
        "http://1.2.3.4.5/, 1.2.3.4.5",
    })
    void hostHasOneSpelling(String referrer, String host) {
        assertThat(Referrers.hostOf(referrer)).isEqualTo(host);
        assertThat(Referrers.hostOf("//" + host)).as("it is kept").isEqualTo(host);
    }

    /** In IDNA 2003, which Java has: a letter on the wrong side of a digit, and a label that is too long. */
    @ParameterizedTest
    @ValueSource(strings = {"אב1.example", "ü..example"})
    void nameThatCannotBeMappedStaysInLowerCase(String host) {
        assertThat(Referrers.hostOf("https://" + host.replace("e", "E") + "/")).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "news.example.com, news.example.com",
        "News.Example.com., news.example.com",
        "' news.example.com ', news.example.com",
        "news.example.com:8080, news.example.com",
        "news.example.com/today, news.example.com",
        "https://News.Example.com/x?y#z, news.example.com",
        "//user@news.example.com/, news.example.com",
        "bücher.example, xn--bcher-kva.example",
        "2001:DB8:0::1, [2001:db8::1]",
        "[2001:DB8:0::1], [2001:db8::1]",
        "http://[::1]:80/, [::1]",
        "*, *",
        "*.Example.com, *.example.com",
        "*Example.com., *example.com",
        "news.*, news.*",
        "*., *.",
        "192.168.*, 192.168.*",
        "*.BÜCHER.example, *.xn--bcher-kva.example",
        "BÜ*.example, bü*.example",
        "https://*.Example.com/*, *.example.com",
        "*://news.Example.com:*/*, news.example.com",
        "(direct), (direct)",
        "(Other), (other)",
        "'(dir*', '(dir*'",
        "'No Host', 'no host'",
        "mailto:A, mailto:a",
    })
    void filterAsksForTheOneSpelling(String asked, String canonical) {
        assertThat(Referrers.canonicalFilter(asked)).isEqualTo(canonical);
        assertThat(Referrers.canonicalFilter(canonical)).as("it is kept").isEqualTo(canonical);
    }

    @Test
    void filterFindsWhatIsStored() {
        for (String referrer : new String[] {
            "https://www.example.com./a", "http://BÜCHER.example:80", "http://[::0:1]/", "http://0x7f.1/", "nonsense"
        }) {
            String stored = Referrers.hostOf(referrer);
            assertThat(Referrers.canonicalFilter(stored)).isEqualTo(stored);
        }
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
                "https://example.com℀.other.example/",
                "https://⑴/",
                "http://[1::2::3]/",
                "http://[1.2.3.4]/",
                "http://[::1%25eth0]/",
                "http://*.example.com/",
                "1http://example.com/",
                "://example.com/"
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
        String letters = "ah0x:/@[].?#\\% é*。אİẞ\u0300\uFE0F\uD83D\u0000";
        for (int i = 0; i < 20_000; i++) {
            assertReadable(random.ints(random.nextInt(20), 0, letters.length())
                    .mapToObj(at -> letters.substring(at, at + 1))
                    .reduce("http://", String::concat));
        }
    }

    @Test
    void namesOfAnyLettersNeverThrow() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder("http://");
            random.ints(1 + random.nextInt(80), 0, i % 2 == 0 ? 0x3000 : 0x20000)
                    .filter(Character::isDefined)
                    .forEach(name::appendCodePoint);
            assertReadable(name.toString());
        }
    }

    private static void assertReadable(String referrer) {
        String host = Referrers.hostOf(referrer);
        assertThat(Referrers.hostOf("//" + host)).as(referrer).isEqualTo(host);
        assertThat(Referrers.canonicalFilter(host)).as(referrer).isEqualTo(host);
        assertThat(Referrers.canonicalFilter(referrer)).isNotEmpty();
    }
}
