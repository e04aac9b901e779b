package io.webanalytics.service.http;

import java.util.Optional;

/**
 * The range of a parameter that is a whole number.
 *
 * @param least the smallest value, 0 or more
 * @param most the largest value, below a billion
 */
public record WholeNumber(int least, int most) {

    /** Returns the value; empty if it breaks the {@link #rule}. */
    public Optional<Integer> parse(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most);
    }

    /** Returns what the value must be, worded to follow the parameter's name. */
    public String rule() {
        return "must be a whole number from " + least + " to " + most;
    }
}
