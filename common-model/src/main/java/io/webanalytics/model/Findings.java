package io.webanalytics.model;

import java.util.ArrayList;
import java.util.List;

/** What is found while the fields of one event are read: the rules that they break, and the attributes that were cut. */
final class Findings {

    /** Most errors reported for one event: a hostile body does not earn an answer larger than itself. */
    private static final int MAX_ERRORS = 20;

    private final List<FieldError> errors = new ArrayList<>(0);
    private final List<String> cut = new ArrayList<>(0);

    /** A field breaks a rule, which is remembered once. */
    void reject(String field, String rule) {
        FieldError error = new FieldError(field, rule);
        if (errors.size() < MAX_ERRORS && !errors.contains(error)) {
            errors.add(error);
        }
    }

    /** Not all of an attribute is kept. */
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
