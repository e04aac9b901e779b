package io.webanalytics.processor;

import static io.webanalytics.processor.ProcessorFixture.SOON;
import static io.webanalytics.processor.ProcessorFixture.event;
import static io.webanalytics.processor.ProcessorFixture.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webanalytics.queue.Ledger;
import io.webanalytics.testing.LogLines;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A document that is refused with no other to compare it to: the reason may be the document or MongoDB. */
class LoneRefusalTests {

    private final FailingMongo mongo = new FailingMongo();
    private final ProcessorFixture fixture = new ProcessorFixture();

    @AfterEach
    void stop() {
        fixture.close();
        mongo.close();
    }

    @Test
    void loneDocumentIsNeverBuriedAndKeepsNoWorkerFromTheOthers() {
        mongo.fail(FailingMongo.refusing(99999, "SomethingNew", "/odd"));
        fixture.startProcessor(
                mongo.url() + "/analytics",
                "--processor.workers=1",
                "--processor.batch-events=1",
                "--processor.refusal-patience=0s");
        try (LogLines log = new LogLines()) {
            fixture.accept(List.of(event("/odd")));
            await().atMost(SOON).until(() -> mongo.inserts().size() >= 6);
            assertThat(Long.parseLong(fixture.redis.hget("events:{0}:ledger", "claims")))
                    .as("it went back, and came again")
                    .isGreaterThan(1);
            fixture.accept(events(5));

            await().atMost(SOON).until(() -> fixture.ledger().settled() == 5);
            assertThat(fixture.ledger().dead()).isZero();
            assertThat(log.warnings())
                    .as("of six refusals at least")
                    .singleElement()
                    .asString()
                    .contains("MongoDB refused documents", "99999");
        }
        long tried = mongo.inserts().get(5).nanos() - mongo.inserts().get(0).nanos();
        assertThat(Duration.ofNanos(tried)).as("five pauses, that grow").isGreaterThan(Duration.ofMillis(700));

        mongo.work();
        await().atMost(SOON).until(() -> fixture.ledger().settled() == 6);
        assertThat(fixture.someWorkerDied()).isFalse();
        assertThat(fixture.ledger()).matches(Ledger::balanced);
    }
}
