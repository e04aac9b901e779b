package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.reporting.answer.Timeseries;
import io.webanalytics.testing.TestServers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Reports on many or large events, with little memory. */
class LargeReportsTests {

    private static final int TOGETHER = 1_000;

    private ReportFixture reports;

    @BeforeEach
    void connect() {
        reports = new ReportFixture(TestServers.mongo());
    }

    @AfterEach
    void disconnect() {
        reports.close();
    }

    /** A server may fill a reply with as many events as the batch size asks for. The driver accepts up to 48 MB. */
    @Test
    void eventsWithTheLongestPathsAreCounted() {
        List<Document> events = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            String path = "/" + "\uD83D\uDE00".repeat(2_043) + i % 10;
            events.add(ReportFixture.event("s", "page_view", path, "u", "2025-11-12T10:00:00Z"));
        }
        store(events);

        assertThat(reports.breakdown("site_id=s&date=2025-11-12&by=path&limit=1")
                        .total())
                .isEqualTo(10);
    }

    /** A step releases its memory when it is counted, whether its users are exact or estimated. */
    @Test
    void stepsDoNotAddUp() {
        reports.use(ReportFixture.properties(true, 0, DataSize.ofMegabytes(1)));
        Instant first = Instant.parse("2025-10-01T00:00:00Z");
        List<Document> events = new ArrayList<>();
        for (int day = 0; day < 30; day++) {
            for (String type : List.of("page_view", "signup")) {
                String time = first.plus(day, ChronoUnit.DAYS).toString();
                events.add(ReportFixture.event("s", type, "/", "u" + day, time));
            }
        }
        store(events);
        reports.buildRollups();

        Timeseries series = reports.timeseries("site_id=s&from=2025-10-01&to=2025-10-30&event_type=*");

        assertThat(series.steps())
                .hasSize(30)
                .allSatisfy(step -> assertThat(step.uniqueUsers()).isEqualTo(1));
    }

    private void store(List<Document> events) {
        for (int from = 0; from < events.size(); from += TOGETHER) {
            reports.database()
                    .getCollection("events")
                    .insertMany(events.subList(from, Math.min(from + TOGETHER, events.size())));
        }
    }
}
