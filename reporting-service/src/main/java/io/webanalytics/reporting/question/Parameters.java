package io.webanalytics.reporting.question;

import io.webanalytics.model.FieldError;
import io.webanalytics.service.InvalidParametersException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The parameters of a request while they are read: remembers each that breaks its rule. */
final class Parameters {

    /** More are not told one by one. */
    private static final int MOST_UNKNOWN = 10;

    private final MultiValueMap<String, String> query;
    private final Set<ReportParameter> taken;
    private final List<FieldError> errors = new ArrayList<>();

    /** @param taken those that the report takes: others are wrong, since a filter that is misspelled would mislead */
    Parameters(MultiValueMap<String, String> query, Set<ReportParameter> taken) {
        this.query = query;
        this.taken = taken;
        List<String> names =
                taken.stream().map(ReportParameter::parameter).sorted().toList();
        query.keySet().stream()
                .filter(name -> !names.contains(name))
                .limit(MOST_UNKNOWN)
                .forEach(name -> errors.add(
                        new FieldError(name, "is no parameter of this report: it takes " + String.join(", ", names))));
    }

    boolean has(ReportParameter parameter) {
        return taken.contains(parameter) && query.containsKey(parameter.parameter());
    }

    /**
     * Reads one that may be left out.
     *
     * @param read answers null where the value breaks the parameter's rule
     */
    <T> T optional(ReportParameter parameter, Function<String, @Nullable T> read, T otherwise) {
        T value = has(parameter) ? value(parameter, read) : null;
        return value == null ? otherwise : value;
    }

    /** Reads one that must be there; null where it is wrong. */
    <T> @Nullable T required(ReportParameter parameter, Function<String, @Nullable T> read) {
        if (!has(parameter)) {
            reject(parameter, "is required: it " + parameter.rule());
            return null;
        }
        return value(parameter, read);
    }

    void reject(ReportParameter parameter, String rule) {
        errors.add(new FieldError(parameter.parameter(), rule));
    }

    void throwIfWrong() {
        if (!errors.isEmpty()) {
            throw new InvalidParametersException(errors);
        }
    }

    private <T> @Nullable T value(ReportParameter parameter, Function<String, @Nullable T> read) {
        List<String> values = query.getOrDefault(parameter.parameter(), List.of());
        if (values.size() != 1) {
            reject(parameter, "must be given once");
            return null;
        }
        T value = read.apply(values.get(0));
        if (value == null) {
            reject(parameter, parameter.rule());
        }
        return value;
    }
}
