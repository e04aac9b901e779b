package io.webanalytics.processor.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.webanalytics.queue.DeadLetters.Letter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of dead letters, the oldest first.
 *
 * @param total how many there are
 * @param letters a page of them
 * @param next what {@code after} must be for the next page, or null where this is the last
 */
record LetterPage(
        long total, List<LetterView> letters, @Nullable String next) {

    /**
     * A dead letter.
     *
     * @param id its name
     * @param reason one word for why it is here
     * @param error the same in a sentence
     * @param attempts how many workers died with it
     * @param firstSeen when it was received, or buried where that cannot be read
     * @param buriedAt when it was buried, by Redis's clock
     * @param element the original bytes as text, null where they are not UTF-8
     * @param elementBase64 the original bytes
     */
    record LetterView(
            String id,
            String reason,
            String error,
            int attempts,
            @JsonProperty("first_seen") Instant firstSeen,
            @JsonProperty("buried_at") Instant buriedAt,
            @Nullable String element,
            @JsonProperty("element_base64") byte[] elementBase64) {

        static LetterView of(LetterId id, Letter letter) {
            return new LetterView(
                    id.toString(),
                    letter.reason(),
                    letter.error(),
                    letter.attempts(),
                    letter.firstSeen(),
                    letter.buriedAt(),
                    text(letter.element()),
                    letter.element());
        }

        private static @Nullable String text(byte[] element) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(element))
                        .toString();
            } catch (CharacterCodingException e) {
                return null;
            }
        }
    }
}
