package io.webanalytics.reporting.count;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInternalException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoQueryException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import java.io.IOException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reason that each failure of MongoDB is for the caller. */
class UnansweredTests {

    private static final ServerAddress SERVER = new ServerAddress();

    @Test
    void timeThatRanOutIsNoOutage() {
        assertThat(of(new MongoExecutionTimeoutException(50, ""))).isEqualTo(Unanswered.REPORT_TOO_SLOW);
        assertThat(of(new MongoOperationTimeoutException(""))).isEqualTo(Unanswered.REPORT_TOO_SLOW);
        assertThat(of(new MongoSocketReadTimeoutException("", SERVER, new IOException())))
                .isEqualTo(Unanswered.REPORT_TOO_SLOW);
        assertThat(of(command(262))).isEqualTo(Unanswered.REPORT_TOO_SLOW);
    }

    @ParameterizedTest
    @ValueSource(ints = {146, 292, 10_334, 16_819, 16_945})
    void whatIsTooLargeForMongoIsTooLarge(int code) {
        assertThat(of(command(code))).isEqualTo(Unanswered.REPORT_TOO_LARGE);
    }

    @Test
    void refusalIsNotTakenForAnOutage() {
        assertThat(of(command(2))).isEqualTo(Unanswered.STORE_FAILED);
        assertThat(of(new MongoQueryException(new BsonDocument("code", new BsonInt32(96)), SERVER)))
                .isEqualTo(Unanswered.STORE_FAILED);
        assertThat(of(new MongoInternalException("The reply message length 105747595 is greater than the maximum")))
                .isEqualTo(Unanswered.STORE_FAILED);
    }

    @Test
    void serverThatIsAwayIsUnavailable() {
        assertThat(of(new MongoTimeoutException("no server"))).isEqualTo(Unanswered.STORE_UNAVAILABLE);
        assertThat(of(new MongoSocketReadException("", SERVER, new IOException())))
                .isEqualTo(Unanswered.STORE_UNAVAILABLE);
        assertThat(of(new MongoSocketOpenException("", SERVER, new IOException())))
                .isEqualTo(Unanswered.STORE_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {91, 189, 10_107, 11_600, 13_435})
    void serverThatStepsDownIsUnavailable(int code) {
        assertThat(of(command(code))).isEqualTo(Unanswered.STORE_UNAVAILABLE);
    }

    private static Unanswered of(MongoException e) {
        return Unanswered.of(e);
    }

    private static MongoCommandException command(int code) {
        return new MongoCommandException(
                new BsonDocument("ok", new BsonInt32(0))
                        .append("code", new BsonInt32(code))
                        .append("errmsg", new BsonString("")),
                SERVER);
    }
}
