package io.webanalytics.processor.admin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a dead letter in the API: {@code <partition>.<ms>-<number>}.
 *
 * @param partition the partition's hash tag
 * @param id the letter's id in it
 */
record LetterId(String partition, String id) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})\\.([0-9]{1,15}-[0-9]{1,15})");

    /** Returns null if the text is not such a name. */
    static @Nullable LetterId parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? new LetterId(matcher.group(1), matcher.group(2)) : null;
    }

    @Override
    public String toString() {
        return partition + "." + id;
    }
}
