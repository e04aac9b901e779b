package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.testing.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests with the same headers each. */
public final class ApiClient {

    private static final JsonMapper JSON = new JsonMapper();

    private final String url;
    private final List<String> headers;

    ApiClient(String url, List<String> headers) {
        this.url = url;
        this.headers = headers;
    }

    /** Returns a client with one header more. */
    public ApiClient with(String name, String value) {
        return new ApiClient(
                url, Stream.concat(headers.stream(), Stream.of(name, value)).toList());
    }

    public ApiClient cookie(String cookie) {
        return with("Cookie", cookie);
    }

    public String url() {
        return url;
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    public HttpResponse<String> post(String path, String body) {
        return send("POST", path, body);
    }

    public HttpResponse<String> patch(String path, String body) {
        return send("PATCH", path, body);
    }

    public HttpResponse<String> delete(String path) {
        return send("DELETE", path, null);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null && !headers.contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        return Http.send(request);
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** Returns the cookie that a response sets, as a request sends it. */
    public static String cookieOf(HttpResponse<String> response) {
        return response.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    /** Asserts that a request is refused, and that one field is named with its rule. */
    public static void assertInvalid(HttpResponse<String> response, String field, String rule) {
        assertProblem(response, 400);
        JsonNode errors = json(response).get("errors");
        assertThat(errors.findValuesAsString("field")).containsExactly(field);
        assertThat(errors.findValuesAsString("reason").get(0)).contains(rule);
    }

    /** Asserts that a request is refused by a problem of a status. */
    public static void assertProblem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(response).get("status").asInt()).isEqualTo(status);
    }
}
