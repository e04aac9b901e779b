package io.webanalytics.rollup;

import java.util.Comparator;

/**
 * Orders strings by code point, as their UTF-8 bytes and MongoDB do. {@link String#compareTo} differs if one of the strings has
 * a character beyond U+FFFF.
 */
public enum CodePointOrder implements Comparator<String> {
    ASCENDING;

    @Override
    public int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean astral = Character.isSurrogate(x) || Character.isSurrogate(y);
                return astral ? rank(x) - rank(y) : x - y;
            }
        }
        return a.length() - b.length();
    }

    /** Ranks surrogates, which encode characters beyond U+FFFF, behind all others. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
