package io.webanalytics.reporting;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.webanalytics.reporting.question.Report;
import io.webanalytics.reporting.question.ReportParameter;
import java.util.Locale;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Adds to OpenAPI the parameters that {@link ReportController} reads from the query as a map, and its answers as CSV. */
@Component
class ReportOperations implements OperationCustomizer {

    /** Finds the report by the name of the controller's method. */
    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        if (method.getBeanType() == ReportController.class) {
            Report report = Report.valueOf(method.getMethod().getName().toUpperCase(Locale.ROOT));
            operation.setParameters(report.parameters().stream()
                    .map(parameter -> describe(parameter, report))
                    .toList());
            operation
                    .getResponses()
                    .get("200")
                    .getContent()
                    .addMediaType("text/csv", new MediaType().schema(new StringSchema()));
        }
        return operation;
    }

    /** Puts the examples of optional parameters into the text: the documentation page would fill in all examples otherwise. */
    private static Parameter describe(ReportParameter<?> parameter, Report report) {
        boolean filledIn = report.isFilledIn(parameter);
        Schema<?> schema = parameter.schema();
        String byDefault = report.defaultOf(parameter);
        if (byDefault != null) {
            schema.setDefault(byDefault);
        }
        Parameter description = new QueryParameter()
                .name(parameter.name())
                .required(report.requires(parameter))
                .description(parameter.description() + " It " + parameter.rule() + "."
                        + (filledIn ? "" : " Example: `" + parameter.example() + "`."))
                .schema(schema);
        return filledIn ? description.example(parameter.example()) : description;
    }
}
