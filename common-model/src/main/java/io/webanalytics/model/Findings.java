package io.webanalytics.model;

import java.util.ArrayList;
import java.util.List;

/** What was found while the fields of one event were read: the rules that they break, and attributes that were cut. */
final class Findings {

    /** Most errors reported for one event: the answer to a hostile body is no larger than the body. */
    private static final int MAX_ERRORS = 20;

    private final List<FieldError> errors = new ArrayList<>(0);
    private final List<String> cut = new ArrayList<>(0);

    /** Notes that a field breaks a rule, once for each rule. */
    void reject(String field, String rule) {
        FieldError error = new FieldError(field, rule);
        if (errors.size() < MAX_ERRORS && !errors.contains(error)) {
            errors.add(error);
        }
    }

    /** Notes that an attribute is not kept in full. */
    void cut(String field) {
        if (!cut.contains(field)) {
            cut.add(field);
        }
    }

    List<FieldError> errors() {
        return errors;
    }

    List<String> cut() {
        return cut;
    }
}
