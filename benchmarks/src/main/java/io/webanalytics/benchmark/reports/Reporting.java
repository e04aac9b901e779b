package io.webanalytics.benchmark.reports;

import io.webanalytics.reporting.ReportingApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A reporting service in this JVM, asked over HTTP. */
final class Reporting implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext service;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    Reporting(String mongoUri) {
        service = ReportingApplication.application()
                .run(
                        "--spring.mongodb.uri=" + mongoUri,
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--reporting.query-timeout=10m",
                        "--logging.level.root=warn");
        url = "http://127.0.0.1:" + service.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** Returns the body of a response, unparsed: the caller times this. */
    String ask(ReportQuery query) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + query.request())).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(query + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    static JsonNode parse(String answer) {
        return JSON.readTree(answer);
    }

    @Override
    public void close() {
        service.close();
    }
}
