package io.webanalytics.service.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.webanalytics.service.access.AccessTable;
import io.webanalytics.service.access.Need;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/** Adds to each operation what it needs, the responses that all may have, the schema of all errors, and the examples. */
final class CommonResponses implements OpenApiCustomizer {

    private static final String PROBLEM = org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;
    private static final String UNAVAILABLE = "503";
    private static final Set<String> RETRY_LATER = Set.of("429", UNAVAILABLE);

    private final Examples examples;
    private final AccessTable table;

    CommonResponses(Examples examples, AccessTable table) {
        this.examples = examples;
        this.table = table;
    }

    @Override
    public void customise(OpenAPI api) {
        Set<String> credentials = api.getComponents().getSecuritySchemes().keySet();
        api.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    if (table.need(HttpMethod.valueOf(method.name()), path) != Need.NOTHING) {
                        addAccess(operation, credentials);
                    }
                    addResponses(operation);
                }));
    }

    /** @param credentials any one of which will do */
    private static void addAccess(Operation operation, Set<String> credentials) {
        credentials.forEach(each -> operation.addSecurityItem(new SecurityRequirement().addList(each)));
        var responses = operation.getResponses();
        responses.putIfAbsent("401", new ApiResponse().description("A key or a login is needed that is valid."));
        responses.putIfAbsent("403", new ApiResponse().description("The key or the login does not allow this."));
    }

    private void addResponses(Operation operation) {
        var responses = operation.getResponses();
        if (hasPathParameter(operation)) {
            responses.putIfAbsent("404", new ApiResponse().description("There is none of that name (any more)."));
        }
        responses.putIfAbsent("400", new ApiResponse().description("The request is not valid."));
        responses.putIfAbsent(
                UNAVAILABLE,
                new ApiResponse().description("What is needed for the answer is away, or takes too long."));
        if (operation.getRequestBody() != null) {
            responses.putIfAbsent(
                    "415", new ApiResponse().description("The body is not of a media type that is taken here."));
        }
        responses.forEach((status, response) -> {
            if (status.compareTo("400") >= 0) {
                describeProblem(status, response);
            }
            addExamples(operation.getOperationId() + "-" + status, status, response.getContent());
        });
        if (operation.getRequestBody() != null) {
            String request = operation.getOperationId() + "-request";
            addExamples(request, request, operation.getRequestBody().getContent());
        }
    }

    private static boolean hasPathParameter(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> parameter.getIn().equals("path"));
    }

    private static void describeProblem(String status, ApiResponse response) {
        Schema<?> problem = new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + Problem.class.getSimpleName());
        response.content(new Content().addMediaType(PROBLEM, new MediaType().schema(problem)));
        if (RETRY_LATER.contains(status)) {
            response.addHeaderObject(
                    HttpHeaders.RETRY_AFTER,
                    new Header()
                            .description("Seconds after which to try again.")
                            .schema(new IntegerSchema()));
        }
    }

    /** @param otherwise the name of the example that all operations share */
    private void addExamples(String name, String otherwise, @Nullable Content content) {
        if (content == null) {
            return;
        }
        content.forEach((type, body) -> {
            String suffix = "."
                    + Stream.of("ndjson", "json")
                            .filter(type::endsWith)
                            .findFirst()
                            .orElse("csv");
            Object own = examples.find(name + suffix);
            Object example = own == null ? examples.find(otherwise + suffix) : own;
            if (example != null) {
                body.setExample(example);
            }
        });
    }
}
