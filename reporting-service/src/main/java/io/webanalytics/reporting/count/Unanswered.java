package io.webanalytics.reporting.count;

import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInternalException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoQueryException;
import com.mongodb.MongoSocketReadTimeoutException;
import java.util.Locale;
import java.util.Set;

/** The reasons for which a report is not answered, each with a word for programs and a sentence for people. */
public enum Unanswered {
    /** It took longer than {@code reporting.query-timeout}. */
    REPORT_TOO_SLOW("The report took longer than it may. Ask for less, or try again later."),
    /** It needs more memory than {@code reporting.report-memory}. */
    REPORT_TOO_LARGE("The report needs more memory than it may have. Ask for less: for fewer days, or for fewer rows."),
    /** Other reports occupy all places, or all the memory, that reports may have. */
    TOO_MANY_REPORTS("Too many reports are asked for at once. Try again."),
    /** MongoDB is away. */
    STORE_UNAVAILABLE("The store cannot be reached. Try again."),
    /** MongoDB returned an error for an operation of the report. */
    STORE_FAILED("The store failed at this report; the log of the service says how.");

    /**
     * Codes of errors for a result, or an intermediate result, that is too large.
     *
     * @see <a href="https://www.mongodb.com/docs/manual/reference/error-codes/">Error codes</a>
     */
    private static final Set<Integer> TOO_LARGE = Set.of(
            146, // ExceededMemoryLimit
            292, // QueryExceededMemoryLimitNoDiskUseAllowed
            10_334, // BSONObjectTooLarge
            16_819, // a sort exceeded its memory
            16_945); // a group exceeded its memory

    /** Codes of errors about the server's state for which the driver has no exception class. */
    private static final Set<Integer> SERVER_IS_AWAY = Set.of(
            6, // HostUnreachable
            7, // HostNotFound
            89, // NetworkTimeout
            91, // ShutdownInProgress
            133, // FailedToSatisfyReadPreference
            189, // PrimarySteppedDown
            9_001, // SocketException
            10_107, // NotWritablePrimary
            11_600, // InterruptedAtShutdown
            11_602, // InterruptedDueToReplStateChange
            13_435, // NotPrimaryNoSecondaryOk
            13_436); // NotPrimaryOrSecondary

    private static final int EXCEEDED_TIME_LIMIT = 262;

    private final String detail;

    Unanswered(String detail) {
        this.detail = detail;
    }

    /** Returns the word in responses, such as {@code report_too_large}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String detail() {
        return detail;
    }

    /** Returns the reason that a failure of MongoDB, or of its driver, is for the caller. */
    static Unanswered of(MongoException e) {
        if (e instanceof MongoExecutionTimeoutException
                || e instanceof MongoOperationTimeoutException
                || e instanceof MongoSocketReadTimeoutException
                || e.getCode() == EXCEEDED_TIME_LIMIT) {
            return REPORT_TOO_SLOW;
        }
        if (TOO_LARGE.contains(e.getCode())) {
            return REPORT_TOO_LARGE;
        }
        boolean refused = e instanceof MongoCommandException
                || e instanceof MongoQueryException
                || e instanceof MongoInternalException
                || e instanceof MongoClientException && e.getClass() == MongoClientException.class;
        boolean away = e instanceof MongoNotPrimaryException
                || e instanceof MongoNodeIsRecoveringException
                || SERVER_IS_AWAY.contains(e.getCode());
        return refused && !away ? STORE_FAILED : STORE_UNAVAILABLE;
    }
}
