package io.webanalytics.testing;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of a service's API, as the service serves it, and what is missing in it. */
public final class ApiDescription {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SCHEMAS = "#/components/schemas/";

    private final JsonNode api;
    private final List<String> gaps = new ArrayList<>();

    private ApiDescription(JsonNode api) {
        this.api = api;
    }

    /** @param baseUrl the URL of the service */
    public static JsonNode read(String baseUrl) {
        return JSON.readTree(Http.get(baseUrl + "/openapi.json").body());
    }

    /** Returns what has no description or no example, and examples whose members are not those of their schema. */
    public static List<String> gapsOf(JsonNode api) {
        ApiDescription description = new ApiDescription(api);
        description.findGaps();
        return description.gaps;
    }

    private void findGaps() {
        require(api.path("info"), "info", "title", "description", "version");
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                findGapsOfOperation(operation.getKey() + " " + path.getKey(), operation.getValue())));
        api.path("components").path("schemas").properties().forEach(schema -> {
            require(schema.getValue(), schema.getKey(), "description");
            schema.getValue()
                    .path("properties")
                    .properties()
                    .forEach(property ->
                            require(property.getValue(), schema.getKey() + "." + property.getKey(), "description"));
        });
    }

    private void findGapsOfOperation(String name, JsonNode operation) {
        require(operation, name, "summary", "tags");
        operation
                .path("parameters")
                .forEach(parameter -> require(parameter, name + " " + parameter.path("name"), "description", "schema"));
        operation.path("requestBody").path("content").forEach(content -> findGapsOfContent(name, content));
        operation.path("responses").properties().forEach(response -> {
            String answer = name + " " + response.getKey();
            require(response.getValue(), answer, "description");
            if (!response.getKey().equals("204")) {
                require(response.getValue(), answer, "content");
            }
            response.getValue().path("content").forEach(content -> findGapsOfContent(answer, content));
        });
    }

    private void findGapsOfContent(String name, JsonNode content) {
        require(content, name, "schema", "example");
        compare(name, content.path("example"), content.path("schema"));
    }

    /** Compares the names of an example's members with those of its schema. */
    private void compare(String name, JsonNode example, JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        JsonNode resolved = reference.isEmpty()
                ? schema
                : api.path("components").path("schemas").path(reference.substring(SCHEMAS.length()));
        example.forEach(element -> {
            if (example.isArray()) {
                compare(name, element, resolved.path("items"));
            }
        });
        if (example.isObject() && resolved.has("properties")) {
            resolved.path("required").forEach(member -> require(example, name + " example", member.asString()));
            example.properties().forEach(member -> {
                require(resolved.path("properties"), name + " schema", member.getKey());
                compare(
                        name + " " + member.getKey(),
                        member.getValue(),
                        resolved.path("properties").path(member.getKey()));
            });
        }
    }

    private void require(JsonNode node, String name, String... members) {
        for (String member : members) {
            if (!node.has(member)
                    || node.path(member).isString()
                            && node.path(member).asString().isBlank()) {
                gaps.add(name + " has no " + member);
            }
        }
    }
}
