package io.webanalytics.store;

import io.webanalytics.model.EventRules;
import io.webanalytics.model.Referrers;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The rule for a filter on a dimension.
 *
 * @param most the most characters; the least is 1
 * @param form the further requirements, worded to follow the number of characters
 * @param check whether a pattern meets them
 * @param spelling converts a pattern to the spelling in which values are stored
 * @param description what the filter does
 * @param example a pattern
 */
public record FilterRule(
        int most,
        String form,
        Predicate<String> check,
        UnaryOperator<String> spelling,
        String description,
        String example) {

    static FilterRule path() {
        return new FilterRule(
                EventRules.MAX_PATH,
                " that start with / or *, where * stands for any characters and \\* for itself",
                FilterRule::isPath,
                UnaryOperator.identity(),
                "Only events with such a path; * stands for any characters, \\* for a * and \\\\ for a \\.",
                "/blog/*");
    }

    static FilterRule eventType() {
        return new FilterRule(
                EventRules.MAX_KEY,
                " of A-Z a-z 0-9 . _ : -, or * for all types",
                asked -> asked.equals(Wildcard.ANY) || EventRules.checkKey(asked) == null,
                UnaryOperator.identity(),
                "The type of the events that count as views, * for all: page_view if left out, and all by event type.",
                "page_view");
    }

    static FilterRule referrer() {
        return new FilterRule(
                EventRules.MAX_REFERRER,
                ", where * stands for any characters",
                asked -> EventRules.checkReferrer(asked) == null,
                Referrers::canonicalFilter,
                "Only events that came from such a host, in any spelling of it, or the one of such an address; * stands for any"
                        + " characters, (direct) for none, (other) for none that can be read.",
                "*.example.com");
    }

    private static boolean isPath(String asked) {
        return (asked.startsWith("/") || asked.startsWith(Wildcard.ANY))
                && EventRules.checkPath("/" + asked.substring(1)) == null;
    }

    /** Parses the pattern of a request; empty if it breaks the rule. */
    public Optional<Wildcard> read(String asked) {
        return check.test(asked) ? Optional.of(new Wildcard(spelling.apply(asked))) : Optional.empty();
    }

    /** Returns the requirements, worded to follow a name. */
    public String rule() {
        return "must be 1 to " + most + " characters" + form;
    }
}
