package io.webanalytics.reporting.count;

import com.mongodb.client.model.Filters;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * That an event has a certain value.
 *
 * @param dimension of what; none that {@link Dimension#isOfTime}
 * @param value which one, or which ones
 */
public record Condition(Dimension dimension, Wildcard value) {

    boolean matches(Document event) {
        return value.matches(dimension.valueOf(event));
    }

    /** What of it MongoDB is asked: an equality or a prefix, which every server decides in linear time, or nothing. */
    Optional<Bson> onServer() {
        boolean ofMissing = value.matches(dimension.missing());
        if (value.isLiteral()) {
            return Optional.of(
                    ofMissing
                            ? Filters.exists(dimension.field(), false)
                            : Filters.eq(dimension.field(), value.prefix()));
        }
        return ofMissing || value.prefix().isEmpty()
                ? Optional.empty()
                : Optional.of(Filters.regex(dimension.field(), "^" + escaped(value.prefix())));
    }

    /** Everything but letters and digits is escaped one by one, which every server understands. */
    private static String escaped(String text) {
        StringBuilder regex = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c < 128 && !Character.isLetterOrDigit(c)) {
                regex.append('\\');
            }
            regex.appendCodePoint(c);
        });
        return regex.toString();
    }
}
