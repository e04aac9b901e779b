package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.system.AccessDoc.Expected;
import io.webanalytics.system.AccessDoc.Line;
import io.webanalytics.system.AccessRequests.Request;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Who may do what: a request for each cell of the table in {@code docs/SECURITY.md}. */
abstract class AccessMatrix {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> PAGES =
            List.of("GET /openapi.json", "GET /openapi.json/swagger-config", "GET /docs", "GET /swagger-ui/index.html");
    private static final String FIGURES = "\"total_views\":";

    private final AccessSystem system;
    private final AccessCallers callers;
    private final AccessRequests requests;

    AccessMatrix(AccessSystem system) {
        this.system = system;
        callers = system.callers();
        requests = system.requests();
    }

    static Stream<Line> lines() throws IOException {
        return AccessDoc.lines().stream();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyCallerGetsWhatTheTableSays(Line line) {
        assertThat(line.expected().keySet())
                .as("columns")
                .isEqualTo(callers.byColumn().keySet());
        Map<Integer, Set<String>> refusals = new HashMap<>();
        Request request = requests.valid(line);
        for (Map.Entry<String, Expected> cell : line.expected().entrySet()) {
            for (AccessCaller caller : callers(line, cell.getKey())) {
                Expected expected = cell.getValue();
                if (expected.succeeds()) {
                    assertSuccess(line, requests.valid(line), caller, expected);
                } else {
                    HttpResponse<String> refusal = send(caller, request);
                    assertRefused(line + " by " + caller, refusal, expected.status());
                    Set<String> told = refusals.computeIfAbsent(expected.status(), status -> new TreeSet<>());
                    told.add(told(refusal));
                    Request futile = requests.futile(line);
                    if (!futile.equals(request)) {
                        told.add(told(send(caller, futile)));
                    }
                }
            }
        }
        assertThat(refusals).allSatisfy((status, told) -> assertThat(told).hasSize(1));
    }

    /** Returns one caller of each kind where it does not matter who calls, else all of them. */
    private List<AccessCaller> callers(Line line, String column) {
        boolean same = line.expected().values().stream().distinct().count() == 1;
        return callers.of(column).subList(0, same ? 1 : callers.of(column).size());
    }

    private void assertSuccess(Line line, Request request, AccessCaller caller, Expected expected) {
        HttpResponse<String> response = send(caller, request);
        String exchange = line + " by " + caller + " was answered " + response.body();

        assertThat(response.statusCode()).as(exchange).isEqualTo(expected.status());
        if (line.name().equals("POST /events")) {
            assertThat(response.body()).as(exchange).startsWith("{\"received\":" + (expected.nothing() ? 0 : 1) + ",");
        }
        if (line.name().equals("PATCH /me")) {
            caller.use(AccessAdmin.token(response));
        } else if (line.name().equals("POST /logout") && caller.account() != null) {
            caller.use(system.admin().login(caller.account()).token());
        }
    }

    private static void assertRefused(String exchange, HttpResponse<String> response, int status) {
        assertThat(response.statusCode())
                .as(exchange + " was answered " + response.body())
                .isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).as(exchange).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
                .as(exchange)
                .isEqualTo(status == 401 ? "Bearer" : "");
    }

    /** Returns what a refusal tells. The request's own path tells nothing. */
    private static String told(HttpResponse<String> refusal) {
        return refusal.body().replaceAll("\"instance\":\"[^\"]*\"", "");
    }

    private HttpResponse<String> send(AccessCaller caller, Request request) {
        HttpResponse<String> response = caller.send(request.method(), request.url(), request.json());
        if (request.method().equals("GET") && callers.isFirst(caller)) {
            assertThat(caller.send("HEAD", request.url(), "").statusCode())
                    .as("HEAD " + request.url() + " by " + caller)
                    .isEqualTo(response.statusCode());
        }
        return response;
    }

    @ParameterizedTest
    @ValueSource(ints = {3001, 3002, 3003})
    void everyEndpointIsInTheTable(int port) throws IOException {
        Set<String> inTable = new TreeSet<>();
        lines().filter(line -> line.port() == port).forEach(line -> inTable.add(line.name()));

        assertThat(inTable).isEqualTo(endpoints(port));
    }

    /** Returns what a service says that it has. */
    private Set<String> endpoints(int port) {
        AccessCaller operator = callers.operator();
        Set<String> found = new TreeSet<>(PAGES);
        found.add("GET /actuator");
        JSON.readTree(operator.get(requests.url(port, "/openapi.json")).body())
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> found.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        JSON.readTree(operator.get(requests.url(port, "/actuator")).body())
                .path("_links")
                .forEach(link -> found.add("GET "
                        + link.path("href")
                                .asString()
                                .replaceFirst("^http://[^/]*", "")
                                .replaceFirst("\\{\\?.*", "")));
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {3001, 3002, 3003})
    void onlyOperatorsSeeDetailsOfHealth(int port) {
        String url = requests.url(port, "/actuator/health");

        assertThat(callers.operator().get(url).body()).contains("components");
        assertThat(Stream.of("none", "invalid", "other site", "write key", "admin key of the site", "viewer")
                        .flatMap(column -> callers.of(column).stream()))
                .allSatisfy(caller -> assertThat(caller.get(url).body()).doesNotContain("components"));
    }

    /** What differs in upper and lower case only is another site. */
    @Test
    void siteInOtherLettersIsAnotherSite() {
        AccessCaller reader = callers.of("read key").get(0);
        AccessCaller writer = callers.of("write key").get(0);

        assertThat(reader.get(requests.url(3002, "/stats?date=2025-11-12&site_id=Site"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(writer.send("POST", requests.url(3001, "/event"), AccessRequests.event("Site"))
                        .statusCode())
                .isEqualTo(403);
    }

    /** Ways that have led around such rules elsewhere. Whatever the status, nothing is given away. */
    @ParameterizedTest
    @CsvSource({
        "3002, GET /keys/",
        "3002, GET /KEYS",
        "3002, GET //keys",
        "3002, GET /keys;a=b",
        "3002, GET /%6beys",
        "3002, GET /keys%2f",
        "3002, GET /./keys",
        "3002, GET /login/../keys",
        "3002, GET /login/%2e%2e/keys",
        "3002, GET /keys.json",
        "3002, GET /actuator/health/../prometheus",
        "3002, GET /actuator/health/..;/info",
        "3002, GET /actuator/health/%2e%2e/info",
        "3002, GET http://elsewhere.example/keys",
        "3002, GET /keys#/login",
        "3002, GET /stats?site_id=site&date=2025-11-12&site_id=public",
        "3002, GET /stats?site_id=public&date=2025-11-12&site_id=site",
        "3002, GET /stats?site_id=site&date=2025-11-12&SITE_ID=public",
        "3002, GET /stats;site_id=public?site_id=site&date=2025-11-12",
        "3002, GET /stats/?site_id=site&date=2025-11-12",
        "3002, GET /sites/public/../site",
        "3002, GET /sites/site/",
        "3002, GET /sites/public%2f..%2fsite",
        "3002, get /sites/site",
        "3002, TRACE /sites/site",
        "3002, OPTIONS /keys",
        "3003, GET /ledger/",
        "3003, GET /actuator/health/../../ledger",
        "3001, POST /event/",
        "3001, POST //event",
        "3001, POST /./event",
        "3001, POST /event;a=b",
        "3001, POST /%65vent"
    })
    void noDetourLeadsAround(int port, String target) throws IOException {
        String answer = exchange(
                port,
                target,
                "X-HTTP-Method-Override: POST\r\nX-Original-URL: /login\r\nX-Rewrite-URL: /login\r\n"
                        + "X-Forwarded-Prefix: /login");

        assertThat(answer)
                .matches("(?s)HTTP/1\\.1 (400|401|403|404|405) .*")
                .doesNotContain(FIGURES, "\"keys\"", "\"name\"");
    }

    /** What the container refuses is dispatched to an error page, which must not be refused once more. */
    @ParameterizedTest
    @CsvSource({"/event, Accept: nonsense///;q=x", "/event;a=%zz, X: y", "/event;a=b, X: y"})
    void reasonOfARefusalIsNotHiddenByAnother(String path, String header) throws IOException {
        String key = callers.of("write key").get(0).authorization();

        assertThat(exchange(3001, "POST " + path, header)).startsWith("HTTP/1.1 400 ");
        assertThat(exchange(3001, "POST " + path, header + "\r\nAuthorization: " + key))
                .startsWith("HTTP/1.1 400 ");
    }

    private String exchange(int port, String target, String headers) throws IOException {
        String body = AccessRequests.event(AccessCallers.SITE);
        String request = target + " HTTP/1.1\r\nHost: x\r\n" + headers
                + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
        return RawConnection.exchange(requests.service(port).port(), request.getBytes(StandardCharsets.US_ASCII));
    }
}
