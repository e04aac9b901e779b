package io.webanalytics.rollup;

import java.util.Comparator;

/**
 * The order of strings by their code points, which is that of their UTF-8 bytes, and MongoDB's. {@link String#compareTo}
 * differs from it where one of two strings has a character beyond U+FFFF.
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

    /** Puts surrogates, of which characters beyond U+FFFF consist, behind all others. */
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
