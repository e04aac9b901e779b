package io.webanalytics.processor.admin;

import io.swagger.v3.oas.annotations.tags.Tag;
import io.webanalytics.model.FieldError;
import io.webanalytics.service.http.InvalidParametersException;
import io.webanalytics.service.http.WholeNumber;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /dead-letters}: list them, replay them, or discard them. */
@RestController
@Tag(name = "Dead letters")
class DeadLetterController {

    private static final WholeNumber LIMIT = new WholeNumber(1, 100);
    private static final int DEFAULT_LIMIT = 20;

    private final DeadLetterOffice office;

    DeadLetterController(DeadLetterOffice office) {
        this.office = office;
    }

    /**
     * The number of replayed letters.
     *
     * @param replayed how many
     */
    record Replayed(long replayed) {}

    /**
     * The number of discarded letters.
     *
     * @param discarded how many
     */
    record Discarded(long discarded) {}

    /**
     * Lists dead letters, the oldest first.
     *
     * @param after the id of the letter to go on after: {@code next} of the page before
     * @param limit most letters of a page, 1 to 100: 20 if left out
     */
    @GetMapping("/dead-letters")
    LetterPage list(
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String limit) {
        LetterId from = after == null ? null : id("after", after);
        if (from != null && !office.knows(from)) {
            throw invalid("after", "must name a partition of the queue");
        }
        return office.page(from, limit == null ? DEFAULT_LIMIT : limit(limit));
    }

    /** Replays all dead letters: moves them back to the queue. A letter that comes back meanwhile stays. */
    @PostMapping("/dead-letters/replay")
    Replayed replayAll() {
        return new Replayed(office.replayAll());
    }

    /**
     * Replays a dead letter: moves it back to the queue.
     *
     * @param id the id of the letter
     */
    @PostMapping("/dead-letters/{id}/replay")
    Replayed replay(@PathVariable String id) {
        requireFound(office.replay(id("id", id)));
        return new Replayed(1);
    }

    /** Discards all dead letters, for good. */
    @DeleteMapping("/dead-letters")
    Discarded discardAll() {
        return new Discarded(office.discardAll());
    }

    /**
     * Discards a dead letter, for good.
     *
     * @param id the id of the letter
     */
    @DeleteMapping("/dead-letters/{id}")
    Discarded discard(@PathVariable String id) {
        requireFound(office.discard(id("id", id)));
        return new Discarded(1);
    }

    private static void requireFound(boolean found) {
        if (!found) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such dead letter (any more).");
        }
    }

    private static LetterId id(String name, String text) {
        LetterId id = LetterId.parse(text);
        if (id == null) {
            throw invalid(name, "must be the id of a dead letter, such as 0.1762975805123-0");
        }
        return id;
    }

    private static int limit(String text) {
        return LIMIT.parse(text).orElseThrow(() -> invalid("limit", LIMIT.rule()));
    }

    private static InvalidParametersException invalid(String name, String rule) {
        return new InvalidParametersException(List.of(new FieldError(name, rule)));
    }
}
