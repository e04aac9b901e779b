package io.webanalytics.reporting.question;

import io.webanalytics.model.FieldError;
import io.webanalytics.service.http.InvalidParametersException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The parameters of a request while they are read: remembers each that breaks its rule. */
final class Parameters {

    /** More are not told one by one. */
    private static final int MOST_UNKNOWN = 10;

    private final MultiValueMap<String, String> query;
    private final List<ReportParameter<?>> taken;
    private final List<FieldError> errors = new ArrayList<>();

    /** @param taken those that the report takes: others are wrong, since a filter that is misspelled would mislead */
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

    /** Returns its value, or another one where it is left out or wrong. */
    <T> T value(ReportParameter<T> parameter, T otherwise) {
        return optional(parameter).orElse(otherwise);
    }

    /** Returns its value, or the one that it has by default. */
    <T> T value(ReportParameter<T> parameter) {
        return optional(parameter)
                .or(() -> parameter.read(Objects.requireNonNull(parameter.byDefault())))
                .orElseThrow();
    }

    /** Returns the value of one that must be there; null where it is left out or wrong. */
    <T> @Nullable T required(ReportParameter<T> parameter) {
        if (!has(parameter)) {
            reject(parameter, "is required: it " + parameter.rule());
        }
        return optional(parameter).orElse(null);
    }

    /** Returns its value; nothing where it is left out or wrong. */
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
