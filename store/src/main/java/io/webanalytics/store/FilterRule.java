package io.webanalytics.store;

import io.webanalytics.model.EventRules;
import io.webanalytics.model.Referrers;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What may be asked of a dimension. */
public enum FilterRule {
    PATH(
            EventRules.MAX_PATH,
            " that start with / or *, where * stands for any characters and \\* for itself",
            "Only events with such a path; * stands for any characters, \\* for a * and \\\\ for a \\.",
            "/blog/*",
            FilterRule::isPath,
            UnaryOperator.identity()),
    EVENT_TYPE(
            EventRules.MAX_KEY,
            " of A-Z a-z 0-9 . _ : -, or * for all types",
            "The type of the events that count as views, * for all: page_view if left out, and all by event type.",
            "page_view",
            asked -> asked.equals(Wildcard.ANY) || EventRules.checkKey(asked) == null,
            UnaryOperator.identity()),
    REFERRER(
            EventRules.MAX_REFERRER,
            ", where * stands for any characters",
            "Only events that came from such a host, in any spelling of it, or the one of such an address; * stands for any"
                    + " characters, (direct) for none, (other) for none that can be read.",
            "*.example.com",
            asked -> EventRules.checkReferrer(asked) == null,
            Referrers::canonicalFilter);

    private final int most;
    private final String form;
    private final String description;
    private final String example;
    private final Predicate<String> check;
    private final UnaryOperator<String> spelling;

    FilterRule(
            int most,
            String form,
            String description,
            String example,
            Predicate<String> check,
            UnaryOperator<String> spelling) {
        this.most = most;
        this.form = form;
        this.description = description;
        this.example = example;
        this.check = check;
        this.spelling = spelling;
    }

    private static boolean isPath(String asked) {
        return (asked.startsWith("/") || asked.startsWith(Wildcard.ANY))
                && EventRules.checkPath("/" + asked.substring(1)) == null;
    }

    /** The pattern that somebody asks for; empty where it breaks the rule. */
    public Optional<Wildcard> read(String asked) {
        return check.test(asked) ? Optional.of(new Wildcard(spelling.apply(asked))) : Optional.empty();
    }

    /** What it must be, worded to follow a name. */
    public String rule() {
        return "must be 1 to " + most + " characters" + form;
    }

    /** Most characters. */
    public int most() {
        return most;
    }

    public String description() {
        return description;
    }

    public String example() {
        return example;
    }
}
