package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.reporting.answer.PathViews;
import io.webanalytics.reporting.count.Ranking;
import io.webanalytics.testing.TestServers.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists have the same order from rollups and from events, on every MongoDB that the tests use. */
@ParameterizedClass
@MethodSource("io.webanalytics.testing.TestServers#everyMongo")
class OrderTests {

    /** Sorted by code points. In UTF-16 order the last two would change places. */
    private static final List<String> PATHS = List.of("/", "/A", "/a", "/a/b", "/é", "/\uFF71", "/\uD83D\uDE00");

    @Parameter
    Server server;

    private ReportFixture reports;

    @BeforeEach
    void store() {
        reports = new ReportFixture(server);
        for (String path : List.of("/a/b", "/\uD83D\uDE00", "/", "/é", "/\uFF71", "/a", "/A")) {
            reports.store("s", "page_view", path, "u", "2025-11-12T01:00:00Z");
            reports.store("s", "page_view", path, "u", "2025-11-13T01:00:00Z");
        }
    }

    @AfterEach
    void disconnect() {
        reports.close();
    }

    @Test
    void fromEvents() {
        assertThatListsAreInOrder("date=2025-11-12", 0);
    }

    @Test
    void fromRollups() {
        reports.buildRollups();
        assertThatListsAreInOrder("date=2025-11-12", 1);
    }

    @Test
    void fromBoth() {
        reports.buildRollups();
        reports.store("s", "page_view", "/", "u", "2025-11-14T01:00:00Z");
        for (String path : PATHS.subList(1, PATHS.size())) {
            reports.store("s", "page_view", path, "u", "2025-11-14T02:00:00Z");
        }
        assertThatListsAreInOrder("from=2025-11-12&to=2025-11-14", 2);
    }

    private void assertThatListsAreInOrder(String days, int rollupDays) {
        var whole = reports.stats("site_id=s&meta=true&" + days);
        assertThat(whole.topPaths()).extracting(PathViews::path).isEqualTo(PATHS);
        assertThat(Objects.requireNonNull(whole.meta()).sources().rollupDays()).isEqualTo(rollupDays);

        List<String> paged = new ArrayList<>();
        for (int offset = 0; offset < PATHS.size(); offset += 2) {
            reports.breakdown("site_id=s&by=path&limit=2&offset=" + offset + "&" + days).rows().stream()
                    .map(Ranking.Row::value)
                    .forEach(paged::add);
        }
        assertThat(paged).isEqualTo(PATHS);
    }
}
