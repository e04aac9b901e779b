package io.webanalytics.reporting;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.StringSchema;
import io.webanalytics.reporting.question.ParameterDescriptions;
import io.webanalytics.reporting.question.Report;
import java.util.Locale;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Describes what {@link ReportController} reads from the whole query, and its other form of answer. */
@Component
class ReportOperations implements OperationCustomizer {

    /** A report's method is called as the report. */
    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        if (method.getBeanType() == ReportController.class) {
            Report report = Report.valueOf(method.getMethod().getName().toUpperCase(Locale.ROOT));
            operation.setParameters(ParameterDescriptions.of(report));
            operation
                    .getResponses()
                    .get("200")
                    .getContent()
                    .addMediaType("text/csv", new MediaType().schema(new StringSchema()));
        }
        return operation;
    }
}
