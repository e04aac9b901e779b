package io.webanalytics.reporting.question;

import io.webanalytics.model.FieldError;
import io.webanalytics.service.http.InvalidParametersException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Reads the parameters of a request, and collects each that breaks its rule. */
final class Parameters {

    /** Further unknown parameters are not reported. */
    private static final int MOST_UNKNOWN = 10;

    private final MultiValueMap<String, String> query;
    private final List<ReportParameter<?>> taken;
    private final List<FieldError> errors = new ArrayList<>();

    /** @param taken the parameters of the report. Any other is an error, since an ignored misspelled filter would mislead. */
    Parameters(MultiValueMap<String, String> query, List<ReportParameter<?>> taken) {
        this.query = query;
        this.taken = taken;
        List<String> names = taken.stream().map(ReportParameter::name).sorted().toList();
        query.keySet().stream()
                .filter(name -> !names.contains(name))
                .limit(MOST_UNKNOWN)
                .forEach(name -> errors.add(
                        new FieldError(name, "is no parameter of this report: it takes " + String.join(", ", names))));
    }

    boolean has(ReportParameter<?> parameter) {
        return taken.contains(parameter) && query.containsKey(parameter.name());
    }

    /** Returns the value of a parameter, or another value where it is absent or wrong. */
    <T> T value(ReportParameter<T> parameter, T otherwise) {
        return optional(parameter).orElse(otherwise);
    }

    /** Returns the value of a parameter, or its default where it is absent or wrong. */
    <T> T value(ReportParameter<T> parameter) {
        return optional(parameter)
                .or(() -> parameter.read(Objects.requireNonNull(parameter.byDefault())))
                .orElseThrow();
    }

    /** Returns the value of a required parameter; null where it is absent or wrong. */
    <T> @Nullable T required(ReportParameter<T> parameter) {
        if (!has(parameter)) {
            reject(parameter, "is required: it " + parameter.rule());
        }
        return optional(parameter).orElse(null);
    }

    /** Returns the value of a parameter; empty where it is absent or wrong. */
    <T> Optional<T> optional(ReportParameter<T> parameter) {
        if (!has(parameter)) {
            return Optional.empty();
        }
        List<String> values = query.getOrDefault(parameter.name(), List.of());
        if (values.size() != 1) {
            reject(parameter, "must be given once");
            return Optional.empty();
        }
        Optional<T> value = parameter.read(values.get(0));
        if (value.isEmpty()) {
            reject(parameter, parameter.rule());
        }
        return value;
    }

    void reject(ReportParameter<?> parameter, String rule) {
        errors.add(new FieldError(parameter.name(), rule));
    }

    void throwIfWrong() {
        if (!errors.isEmpty()) {
            throw new InvalidParametersException(errors);
        }
    }
}
