package io.webanalytics.reporting.count;

import com.mongodb.client.model.Filters;
import java.util.regex.Pattern;
import org.bson.conversions.Bson;

/** A text in which {@code *} stands for any characters, none included; it has few of them, since matching takes time. */
public record Wildcard(String text) {

    private static final int MOST = 5;

    private static final char ANY = '*';

    public Wildcard {
        text = text.replaceAll("\\*+", "*");
    }

    /** Whether it has more {@code *} than it may, which are 5. */
    public boolean isTooWild() {
        return text.chars().filter(c -> c == ANY).count() > MOST;
    }

    Bson on(String field) {
        return text.indexOf(ANY) < 0 ? Filters.eq(field, text) : Filters.regex(field, regex());
    }

    boolean matches(String value) {
        return Pattern.compile(regex(), Pattern.DOTALL).matcher(value).matches();
    }

    /** Everything but letters and digits is escaped one by one, which every server understands. */
    private String regex() {
        StringBuilder regex = new StringBuilder("^");
        text.codePoints().forEach(c -> {
            if (c == ANY) {
                regex.append(".*");
            } else if (c < 128 && !Character.isLetterOrDigit(c)) {
                regex.append('\\').appendCodePoint(c);
            } else {
                regex.appendCodePoint(c);
            }
        });
        return regex.append('$').toString();
    }
}
