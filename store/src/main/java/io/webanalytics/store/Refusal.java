package io.webanalytics.store;

import com.mongodb.bulk.BulkWriteError;
import java.util.Set;

/**
 * A document that is not stored, though others of the same insert may be.
 *
 * @param index its index in the insert
 * @param blame whose fault it is
 * @param error MongoDB's code and message
 */
public record Refusal(int index, Blame blame, String error) {

    /** The code of a write error: there is a document of that {@code _id}, or of that value in a unique index. */
    public static final int DUPLICATE_KEY = 11_000;

    /**
     * Codes of write errors that concern the document and not the server.
     *
     * @see <a href="https://www.mongodb.com/docs/manual/reference/error-codes/">Error codes</a>
     */
    private static final Set<Integer> REFUSES_DOCUMENT = Set.of(
            2, // BadValue
            9, // FailedToParse
            14, // TypeMismatch
            22, // InvalidBSON
            52, // DollarPrefixedFieldName
            57, // DottedFieldName
            121, // DocumentValidationFailure
            10_334, // BSONObjectTooLarge
            17_280); // KeyTooLong

    /**
     * Codes of write errors that concern the server, though they are reported for a document: a shard is away, a primary steps
     * down, a disk is full.
     */
    private static final Set<Integer> SPEAKS_OF_SERVER = Set.of(
            6, // HostUnreachable
            7, // HostNotFound
            8, // UnknownError
            50, // MaxTimeMSExpired
            64, // WriteConcernFailed
            89, // NetworkTimeout
            91, // ShutdownInProgress
            112, // WriteConflict
            133, // FailedToSatisfyReadPreference
            134, // ReadConcernMajorityNotAvailableYet
            189, // PrimarySteppedDown
            262, // ExceededTimeLimit
            9_001, // SocketException
            10_107, // NotWritablePrimary
            11_600, // InterruptedAtShutdown
            11_602, // InterruptedDueToReplStateChange
            13_435, // NotPrimaryNoSecondaryOk
            13_436, // NotPrimaryOrSecondary
            14_031); // OutOfDiskSpace

    /** Whose fault it is that a document is not stored. */
    public enum Blame {
        /** The document's: it would be refused again. */
        DOCUMENT,
        /** The server's: it cannot store it now. */
        SERVER,
        /** The error does not tell. */
        UNKNOWN
    }

    /** @param error if it is a duplicate key, one of an index that an operator added */
    static Refusal of(int index, BulkWriteError error) {
        return new Refusal(index, blame(error.getCode()), "code " + error.getCode() + ": " + error.getMessage());
    }

    private static Blame blame(int code) {
        if (SPEAKS_OF_SERVER.contains(code)) {
            return Blame.SERVER;
        }
        return REFUSES_DOCUMENT.contains(code) || code == DUPLICATE_KEY ? Blame.DOCUMENT : Blame.UNKNOWN;
    }
}
