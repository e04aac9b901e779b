package io.webanalytics.ingestion.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                " Application/JSON ",
                "text/json",
                "application/vnd.example.event+json",
                "application/json;",
                "application/json; charset=utf-8",
                "application/json;charset=UTF8",
                "application/json; CharSet = \"utf-8\"",
                "application/json; charset=\"UTF-8\"; x",
                "application/json; charset=us-ascii",
                "application/json; charset=",
                "application/json; charset=; charset=utf-8",
                "application/json; charset=utf-8; charset=iso-8859-1",
                "application/json; profile=urn:x:1; charset=utf-8",
                "application/json; profile=\"urn:x;charset=utf-16\"; charset=utf-8",
                "application/json; profile=\"a\\\";charset=utf-16\"",
                "application/json; a=b=c; ;; =; charset=utf-8",
                "application/json; boundary; charset=utf-8",
                "application/json; profile=\"never ends; charset=utf-16",
            })
    void jsonInUtf8IsJson(String header) {
        assertThat(ContentType.of(header).isJson()).isTrue();
        assertThat(ContentType.of(header).isLines()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-ndjson",
                "application/ndjson",
                "application/jsonl",
                "application/x-jsonl",
                "application/jsonlines",
                "application/x-jsonlines",
                "application/json-lines",
                "application/x-json-lines",
                "application/ldjson",
                "application/x-ldjson",
                "text/x-ndjson",
                "text/jsonl",
                "application/stream+json",
                "application/vnd.elasticsearch+x-ndjson; compatible-with=8",
                "Application/X-NDJSON; charset=\"utf-8\"",
            })
    void jsonOnEachLineHasManyNames(String header) {
        assertThat(ContentType.of(header).isLines()).isTrue();
        assertThat(ContentType.of(header).isJson()).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                ";",
                "json",
                "text/plain",
                "application/json/x",
                "application/javascript",
                "application/jsonp",
                "application/json-seq",
                "application/x-www-form-urlencoded; x=application/json",
                "application/json, application/json",
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16",
                "application/json; charset=no such",
                "application/x-ndjson; charset=latin1",
            })
    void anythingElseIsNeither(String header) {
        assertThat(ContentType.of(header).isJson()).isFalse();
        assertThat(ContentType.of(header).isLines()).isFalse();
    }

    @Test
    void whateverIsSentIsReadAtOnce() {
        for (String part : new String[] {";", "; ", "=", "\"", "\\", ";a", "; charset=\"", "a+", " "}) {
            assertThat(ContentType.of("application/json" + part.repeat(100_000)).essence())
                    .isNotEmpty();
            assertThat(ContentType.of(part.repeat(100_000)).isJson()).isFalse();
            assertThat(ContentType.of("application/" + part.repeat(100_000)).isLines())
                    .isFalse();
        }
    }
}
