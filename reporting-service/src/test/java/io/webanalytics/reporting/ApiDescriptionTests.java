package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.reporting.question.Report;
import io.webanalytics.testing.ApiDescription;
import io.webanalytics.testing.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The description of the API, which needs no MongoDB, and the page that shows it. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=service-defaults,reporting-service,application",
            "spring.mongodb.uri=mongodb://127.0.0.1:1/nowhere"
        })
class ApiDescriptionTests {

    @LocalServerPort
    private int port;

    @Test
    void nothingIsWithoutWordsOrExample() {
        JsonNode api = ApiDescription.read(url(""));

        assertThat(api.path("openapi").asString()).startsWith("3.1");
        assertThat(api.path("servers").findValuesAsString("url")).containsExactly("/");
        assertThat(ApiDescription.gapsOf(api)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "STATS, site_id, date from to period compare",
        "TIMESERIES, site_id, date from to period interval",
        "BREAKDOWN, site_id by, date from to period",
        "REALTIME, site_id, minutes"
    })
    void reportHasItsParametersAndNoOthers(Report report, String required, String own) {
        JsonNode parameters = operation(report).path("parameters");
        List<String> optional = new ArrayList<>(List.of(own.split(" ")));
        optional.addAll(
                List.of("timezone", "event_type", "path", "referrer", "limit", "offset", "meta", "format", "bom"));

        assertThat(names(parameters, true)).containsExactlyInAnyOrder(required.split(" "));
        assertThat(names(parameters, false)).containsExactlyInAnyOrderElementsOf(optional);
    }

    private static Stream<String> names(JsonNode parameters, boolean required) {
        return parameters
                .valueStream()
                .filter(parameter -> parameter.path("required").asBoolean() == required)
                .map(parameter -> parameter.path("name").asString());
    }

    @ParameterizedTest
    @CsvSource({
        "STATS, limit, 10", "TIMESERIES, limit, 1000", "BREAKDOWN, limit, 100", "REALTIME, minutes, 5",
        "STATS, event_type, page_view", "STATS, timezone, UTC", "STATS, meta, false", "STATS, offset, 0",
        "BREAKDOWN, event_type,", "STATS, path,", "STATS, date,"
    })
    void defaultIsThereWhereThereIsOne(Report report, String name, @Nullable String byDefault) {
        JsonNode schema = operation(report)
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .path("schema");

        assertThat(schema.has("default")).isEqualTo(byDefault != null);
        assertThat(schema.path("default").asString()).isEqualTo(byDefault == null ? "" : byDefault);
    }

    @ParameterizedTest
    @EnumSource
    void reportAnswersJsonOrCsvOrSaysWhatIsWrong(Report report) {
        JsonNode responses = operation(report).path("responses");

        assertThat(responses.propertyNames()).containsExactlyInAnyOrder("200", "400", "401", "403", "503");
        assertThat(responses.path("200").path("content").propertyNames())
                .containsExactlyInAnyOrder("application/json", "text/csv");
        assertThat(responses.path("503").path("headers").propertyNames()).containsExactly("Retry-After");
    }

    @ParameterizedTest
    @CsvSource({"get, /stats, true", "post, /sites, true", "patch, /me, true", "post, /login, false"})
    void operationSaysWhetherItNeedsAKeyOrALogin(String method, String path, boolean needsOne) {
        JsonNode operation =
                ApiDescription.read(url("")).path("paths").path(path).path(method);

        assertThat(operation.path("security").toString()).isEqualTo(needsOne ? "[{\"key\":[]},{\"login\":[]}]" : "");
        assertThat(operation.path("responses").has("401")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "post, /login, 429, rate_limited",
        "patch, /me, 429, rate_limited",
        "post, /login, 503, too_busy",
        "patch, /me, 503, too_busy",
        "post, /accounts, 503, too_busy",
        "patch, /accounts/{name}, 503, too_busy"
    })
    void whatTakesAPasswordSaysThatItMayHaveToWait(String method, String path, String status, String reason) {
        JsonNode response = ApiDescription.read(url(""))
                .path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(status);

        assertThat(response.path("headers").has("Retry-After")).isTrue();
        assertThat(response.path("content").findValuesAsString("reason")).containsExactly(reason);
    }

    @Test
    void onlyWhatIsAnsweredIsDescribed() {
        assertThat(ApiDescription.read(url("")).path("components").toString())
                .contains("\"top_paths\"")
                .doesNotContain("\"table\"", "topPaths", "HttpHeaders", "MultiValueMap");
    }

    @ParameterizedTest
    @CsvSource({
        "/openapi.json, Accept-Language, de",
        "/openapi.json, Accept-Language, x-!;q=y",
        "/openapi.json, Accept, text/html",
        "/openapi.json, Accept, application/yaml",
        "/openapi.json, Accept, nonsense///;q=x",
        "/openapi.json;a=b?c=%25zz, X-Forwarded-Prefix, ://",
        "/docs, X-Forwarded-Host, a b",
        "/docs?configUrl=https://elsewhere.example/, Accept-Language, ---",
        "/swagger-ui/..;/x, Accept, */*",
        "/swagger-ui/index.html, Range, bytes=9-1",
        "/swagger-ui/nothing, If-Modified-Since, yesterday",
        "/webjars/, Accept-Encoding, ;q=x",
    })
    void oddRequestIsAnsweredOrRefusedAndNeverFails(String path, String header, String value) {
        HttpResponse<String> response =
                Http.send(HttpRequest.newBuilder(URI.create(url(path))).header(header, value));

        assertThat(response.statusCode()).isLessThan(500);
        if (response.statusCode() >= 400) {
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    @Test
    void pageIsThereAndFetchesNothingFromElsewhere() {
        HttpResponse<String> redirect = get("/docs");
        assertThat(redirect.statusCode()).isEqualTo(302);
        String page = redirect.headers().firstValue("Location").orElseThrow();

        assertThat(Stream.of(page, "/swagger-ui/swagger-initializer.js", "/openapi.json/swagger-config")
                        .map(path -> get(path).body())
                        .map(body -> body.replace(url(""), "").toLowerCase(Locale.ROOT)))
                .allSatisfy(body -> assertThat(body).isNotBlank().doesNotContain("http://", "https://"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/api-docs", "/swagger-ui/nothing.js", "/nothing"})
    void whatIsNotThereIsAProblemAsBefore(String path) {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    private JsonNode operation(Report report) {
        String path =
                report == Report.STATS ? "/stats" : "/stats/" + report.name().toLowerCase(Locale.ROOT);
        return ApiDescription.read(url("")).path("paths").path(path).path("get");
    }

    private HttpResponse<String> get(String path) {
        return Http.get(url(path));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
