package io.webanalytics.model;

/**
 * What is kept of an event's attributes. They are cut to what they may have and never refused for how much they hold: of that
 * visitors decide, and an event must not be lost over what is only said beside it.
 */
final class Attributes {

    private Attributes() {}

    /** A text without control characters and unpaired surrogates, and its first characters where it has more than so many. */
    static String text(String value, int most) {
        return cut(printable(value), most);
    }

    /** A referrer that keeps its host: where cutting would take that away or make another of it, the host alone. */
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
