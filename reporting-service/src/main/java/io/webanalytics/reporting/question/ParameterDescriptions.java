package io.webanalytics.reporting.question;

import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.DateSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.webanalytics.model.Event;
import io.webanalytics.model.EventRules;
import io.webanalytics.reporting.count.Dimension;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The parameters of reports in the words of OpenAPI. */
public final class ParameterDescriptions {

    private ParameterDescriptions() {}

    /** The parameters of a report. */
    public static List<Parameter> of(Report report) {
        return report.parameters().stream()
                .map(parameter -> describe(parameter, report))
                .toList();
    }

    /** Those that may be left out have their examples in words: a page that fills in examples would fill in all of them. */
    private static Parameter describe(ReportParameter parameter, Report report) {
        boolean filledIn = report.requires(parameter) || parameter == ReportParameter.DATE;
        Parameter description = new QueryParameter()
                .name(parameter.parameter())
                .required(report.requires(parameter))
                .description(parameter.description() + " It " + parameter.rule() + "."
                        + (filledIn ? "" : " Example: `" + parameter.example() + "`."))
                .schema(schema(parameter, report));
        return filledIn ? description.example(parameter.example()) : description;
    }

    private static Schema<?> schema(ReportParameter parameter, Report report) {
        return switch (parameter) {
            case SITE_ID -> key();
            case DATE, FROM, TO -> new DateSchema();
            case PERIOD -> oneOf(Period.values(), Period::word);
            case COMPARE -> oneOf(Comparison.values(), Comparison::word);
            case TIMEZONE -> new StringSchema()._default("UTC");
            case EVENT_TYPE ->
                report == Report.BREAKDOWN // there it depends on what views are broken down by
                        ? text(EventRules.MAX_KEY)
                        : text(EventRules.MAX_KEY)._default(Event.PAGE_VIEW);
            case PATH -> text(EventRules.MAX_PATH);
            case REFERRER -> text(EventRules.MAX_REFERRER);
            case INTERVAL -> oneOf(StepLength.values(), StepLength::word);
            case BY -> oneOf(Dimension.values(), Dimension::word);
            case MINUTES -> number(1, QuestionReader.MAX_MINUTES, QuestionReader.DEFAULT_MINUTES);
            case LIMIT -> number(1, QuestionReader.MAX_LIMIT, report.defaultLimit());
            case OFFSET -> number(0, QuestionReader.MAX_OFFSET, 0);
            case META, BOM -> new BooleanSchema()._default(false);
            case FORMAT -> new StringSchema().addEnumItem("json").addEnumItem("csv");
        };
    }

    private static StringSchema key() {
        StringSchema schema = text(EventRules.MAX_KEY);
        schema.setPattern("^[A-Za-z0-9._:-]+$");
        return schema;
    }

    private static StringSchema text(int most) {
        StringSchema schema = new StringSchema();
        schema.setMinLength(1);
        schema.setMaxLength(most);
        return schema;
    }

    private static <T> StringSchema oneOf(T[] values, Function<T, String> word) {
        StringSchema schema = new StringSchema();
        Arrays.stream(values).map(word).forEach(schema::addEnumItem);
        return schema;
    }

    private static IntegerSchema number(int least, int most, int otherwise) {
        IntegerSchema schema = new IntegerSchema();
        schema.setMinimum(BigDecimal.valueOf(least));
        schema.setMaximum(BigDecimal.valueOf(most));
        schema.setDefault(otherwise);
        return schema;
    }
}
