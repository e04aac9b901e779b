package io.webanalytics.rollup.build;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Runs an action for many items together. If one of them makes it fail, the action runs for the others without it. */
final class Neighbours {

    /**
     * Codes of errors that concern the request, not the server.
     *
     * @see <a href="https://www.mongodb.com/docs/manual/reference/error-codes/">Error codes</a>
     */
    private static final Set<Integer> OF_ONE = Set.of(
            2, // BadValue
            14, // TypeMismatch
            22, // InvalidBSON
            121, // DocumentValidationFailure
            10_334); // BSONObjectTooLarge

    private Neighbours() {}

    /**
     * Runs the action.
     *
     * @param action may be called again with some of the items
     * @param failed called with each item for which the action fails alone, and the cause
     * @throws MongoException if MongoDB is away, which affects every item
     */
    static <T> void forAll(List<T> all, Consumer<List<T>> action, BiConsumer<T, RuntimeException> failed) {
        if (all.isEmpty()) {
            return;
        }
        try {
            action.accept(all);
        } catch (RuntimeException e) {
            if (!isOfOne(e)) {
                throw e;
            }
            if (all.size() == 1) {
                failed.accept(all.get(0), e);
                return;
            }
            forAll(all.subList(0, all.size() / 2), action, failed);
            forAll(all.subList(all.size() / 2, all.size()), action, failed);
        }
    }

    /** Whether one item may be the cause: a document that was edited by hand, or one that MongoDB refuses for its content. */
    static boolean isOfOne(RuntimeException failure) {
        if (failure instanceof MongoBulkWriteException writes) {
            return writes.getWriteConcernError() == null;
        }
        return failure instanceof MongoException e
                ? OF_ONE.contains(e.getCode())
                : !(failure instanceof IllegalStateException);
    }
}
