package io.webanalytics.store;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern in which {@code *} stands for any characters, or none, {@code \*} for an asterisk and {@code \\} for a backslash.
 * The time to match is linear in the lengths of the value and the pattern, whatever they are.
 */
public final class Wildcard {

    /** Stands for any characters. */
    public static final String ANY = "*";

    private static final char STAR = '*';
    private static final char ESCAPE = '\\';

    /** The literals between the {@code *}: one more than there are {@code *}. */
    private final List<Literal> literals;

    public Wildcard(String pattern) {
        List<Literal> found = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean escapes = c == ESCAPE
                    && i + 1 < pattern.length()
                    && (pattern.charAt(i + 1) == STAR || pattern.charAt(i + 1) == ESCAPE);
            if (escapes) {
                literal.append(pattern.charAt(++i));
            } else if (c == STAR) {
                found.add(new Literal(literal.toString()));
                literal.setLength(0);
            } else {
                literal.append(c);
            }
        }
        found.add(new Literal(literal.toString()));
        literals = List.copyOf(found);
    }

    /** Whether every text matches. */
    public boolean matchesEverything() {
        return literals.size() > 1 && literals.stream().allMatch(literal -> literal.text.isEmpty());
    }

    /** Whether it matches one text only. */
    boolean isLiteral() {
        return literals.size() == 1;
    }

    /** Returns what every match begins with. */
    String prefix() {
        return literals.get(0).text;
    }

    boolean matches(String value) {
        String first = prefix();
        if (isLiteral()) {
            return value.equals(first);
        }
        String last = literals.get(literals.size() - 1).text;
        int end = value.length() - last.length();
        if (end < first.length() || !value.startsWith(first) || !value.endsWith(last)) {
            return false;
        }
        int from = first.length();
        for (Literal literal : literals.subList(1, literals.size() - 1)) {
            int at = literal.indexIn(value, from, end); // the first match leaves the most room for the others
            if (at < 0) {
                return false;
            }
            from = at + literal.text.length();
        }
        return true;
    }

    /**
     * A text to search for.
     *
     * @see <a href="https://doi.org/10.1137/0206024">D. Knuth, J. Morris, V. Pratt, Fast Pattern Matching in Strings, 1977</a>
     */
    private static final class Literal {

        private final String text;

        /** For each prefix of the text: the length of the longest shorter prefix that is also its suffix. */
        private final int[] borders;

        Literal(String text) {
            this.text = text;
            borders = new int[text.length()];
            for (int i = 1, border = 0; i < text.length(); i++) {
                border = extend(border, text.charAt(i));
                borders[i] = border;
            }
        }

        /** Returns the index of its first occurrence between {@code from} and {@code end} of the value, or -1. */
        int indexIn(String value, int from, int end) {
            int matched = 0;
            for (int i = from; matched < text.length(); i++) {
                if (i >= end) {
                    return -1;
                }
                matched = extend(matched, value.charAt(i));
                if (matched == text.length()) {
                    return i + 1 - matched;
                }
            }
            return from;
        }

        private int extend(int matched, char next) {
            int length = matched;
            while (length > 0 && text.charAt(length) != next) {
                length = borders[length - 1];
            }
            return text.charAt(length) == next ? length + 1 : length;
        }
    }
}
