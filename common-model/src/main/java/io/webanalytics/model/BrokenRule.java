package io.webanalytics.model;

/** The rule that a value breaks, worded to follow the field's name. */
final class BrokenRule extends Exception {

    private static final long serialVersionUID = 1L;

    BrokenRule(String rule) {
        super(rule, null, false, false);
    }

    String rule() {
        return String.valueOf(getMessage());
    }
}
