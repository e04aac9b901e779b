package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.webanalytics.reporting.answer.Realtime;
import io.webanalytics.reporting.answer.Timeseries;
import io.webanalytics.testing.TestServers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A report reads the events once, whatever it asks for. */
class OnePassTests implements CommandListener {

    private static final BsonString EVENTS = new BsonString("events");
    private static final BsonString NOTHING = new BsonString("");

    private final List<String> readings = new CopyOnWriteArrayList<>();
    private MongoClient client;
    private ReportFixture reports;

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (event.getCommand().get("find", NOTHING).equals(EVENTS)) {
            readings.add(event.getCommand().toJson());
        }
    }

    @BeforeEach
    void connect() {
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(
                        new com.mongodb.ConnectionString(TestServers.mongo().url()))
                .addCommandListener(this)
                .build());
        reports = new ReportFixture(client);
        for (int i = 0; i < 40; i++) {
            reports.store(
                    "s",
                    "page_view",
                    "/blog/" + i % 7,
                    "u" + i % 5,
                    "2025-11-" + (10 + i % 11) + "T0" + i % 10 + ":30:00Z");
        }
        reports.store("s", "page_view", "/now", "u", "2025-11-20T11:58:30Z");
        reports.store("s", "page_view", "/now", "u", "2025-11-20T11:59:30Z");
    }

    @AfterEach
    void disconnect() {
        reports.close();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&path=/blog/*", "&path=*b*"})
    void timeSeries(String filter) {
        Timeseries answer = reports.timeseries("site_id=s&from=2025-11-10&to=2025-11-20&interval=hour" + filter);

        assertThat(answer.steps()).hasSize(11 * 24);
        assertThat(answer.steps().stream().mapToLong(Timeseries.Point::views).sum())
                .isEqualTo(filter.isEmpty() ? 42 : 40);
        assertThat(readings).hasSize(1);
    }

    @Test
    void realtime() {
        Realtime answer = reports.realtime("site_id=s&minutes=30");

        assertThat(answer.totalViews()).isEqualTo(2);
        assertThat(answer.uniqueUsers()).isEqualTo(1);
        assertThat(answer.perMinute().stream()
                        .mapToLong(Timeseries.Point::views)
                        .sum())
                .isEqualTo(2);
        assertThat(readings).hasSize(1);
    }

    @Test
    void statsWithTheTimeBefore() {
        assertThat(reports.stats("site_id=s&from=2025-11-15&to=2025-11-19&compare=previous_period")
                        .previous())
                .isNotNull();
        assertThat(readings).hasSize(1);
    }

    /** A caller's pattern must not reach a regular-expression engine that backtracks. */
    @Test
    void noPatternReachesTheServer() {
        reports.stats("site_id=s&date=2025-11-12&path=/blog/*a*a*b&referrer=*x*");

        assertThat(readings)
                .singleElement()
                .asString()
                .contains("\\\\/blog\\\\/")
                .doesNotContain("*a");
    }
}
