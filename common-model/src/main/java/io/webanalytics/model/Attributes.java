package io.webanalytics.model;

/**
 * Cuts the attributes of an event to their limits. A text is never refused: visitors decide what an attribute contains,
 * and an event must not be lost over secondary data.
 */
final class Attributes {

    private Attributes() {}

    /** Returns a text without control characters and unpaired surrogates, cut to its first {@code most} characters. */
    static String text(String value, int most) {
        return cut(printable(value), most);
    }

    /** Returns a referrer that is cut, or its host alone where cutting would remove or change the host. */
    static String referrer(String value) {
        String printable = printable(value);
        String kept = cut(printable, EventRules.MAX_REFERRER);
        String host = kept.equals(printable) ? "" : Referrers.hostOf(printable);
        return host.isEmpty() || Referrers.hostOf(kept).equals(host) ? kept : "//" + host;
    }

    private static String cut(String value, int most) {
        return EventRules.isLonger(value, most) ? value.substring(0, value.offsetByCodePoints(0, most)) : value;
    }

    private static String printable(String value) {
        if (!EventRules.isUnprintable(value)) {
            return value;
        }
        StringBuilder printable = new StringBuilder(value.length());
        value.codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
