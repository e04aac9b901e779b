package io.webanalytics.service.http;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;

/** Adds to OpenAPI the 403 by which operations that change something refuse pages of another origin. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ForeignRequestAnswer implements OperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        if (!method.hasMethodAnnotation(GetMapping.class)) {
            operation
                    .getResponses()
                    .addApiResponse(
                            "403",
                            new ApiResponse()
                                    .description("The key or the login does not allow this,"
                                            + " or the request is from a page of another origin."));
        }
        return operation;
    }
}
