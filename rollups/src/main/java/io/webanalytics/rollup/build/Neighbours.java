package io.webanalytics.rollup.build;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Does something for many together, and where one of them makes it fail, for the others without that one. */
final class Neighbours {

    /**
     * Codes of errors that say something of what was asked, and nothing of the server.
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
     * Does it.
     *
     * @param action may be called again with some of them
     * @param failed is told those for which it fails alone
     * @throws MongoException if MongoDB is away, which none of them would escape
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

    /** Whether the cause may lie in one: a document that somebody changed, or one that MongoDB refuses for what it is. */
    static boolean isOfOne(RuntimeException failure) {
        if (failure instanceof MongoBulkWriteException writes) {
            return writes.getWriteConcernError() == null;
        }
        return failure instanceof MongoException e
                ? OF_ONE.contains(e.getCode())
                : !(failure instanceof IllegalStateException);
    }
}
