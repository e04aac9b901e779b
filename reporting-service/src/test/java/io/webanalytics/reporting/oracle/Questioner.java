package io.webanalytics.reporting.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.model.Event;
import io.webanalytics.reporting.ReportFixture;
import io.webanalytics.reporting.answer.BreakdownAnswer;
import io.webanalytics.reporting.answer.Meta;
import io.webanalytics.reporting.answer.Stats;
import io.webanalytics.reporting.answer.Timeseries;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;

/** Asks random questions, and compares the answers with a recount. */
final class Questioner {

    private static final List<String> DIMENSIONS = List.of("path", "event_type", "referrer", "hour_of_day", "weekday");
    private static final Map<String, Predicate<String>> PATHS = Map.of(
            "/blog/*", path -> path.startsWith("/blog/"),
            "*g*", path -> path.indexOf('g') >= 0,
            "*b", path -> path.endsWith("b"),
            "/a*b", path -> path.startsWith("/a") && path.endsWith("b"),
            "*\\*", path -> path.endsWith("*"),
            "/pricing", path -> path.equals("/pricing"));
    private static final List<String> INTERVALS = List.of("hour", "day", "week", "month");

    private final ReportFixture reports;
    private final World world;
    private final History history;
    private final Random random;
    private int fromRollups;

    Questioner(ReportFixture reports, World world, History history, Random random) {
        this.reports = reports;
        this.world = world;
        this.history = history;
        this.random = random;
    }

    /** Returns how many answers were counted from rollups. */
    int fromRollups() {
        return fromRollups;
    }

    /** A query, and the recount of what it asks for. */
    private record Asked(String query, Recount counted) {}

    /** @return how many answers were compared */
    int ask() {
        reports.useRollups(random.nextInt(8) > 0, random.nextBoolean() ? 1_000_000 : 0);
        completeness();
        if (history.isInBetween()) {
            return 1;
        }
        stats();
        timeseries();
        breakdown();
        return 4;
    }

    /** Checks that all events before {@code complete_through} are stored and marked, or dead. */
    private void completeness() {
        Meta meta = reports.stats("site_id=s&meta=true&event_type=*&date=" + world.center)
                .meta();
        if (meta != null && meta.completeThrough() != null) {
            assertThat(history.missing(meta.completeThrough()))
                    .as("acknowledged before %s and not counted", meta.completeThrough())
                    .isEmpty();
        }
    }

    private void stats() {
        Asked asked = days();
        Stats answer = reports.stats(asked.query + "&limit=7&offset=1&meta=true");
        assertThat(answer.totalViews()).as(asked.query).isEqualTo(asked.counted.views());
        assertUsers(
                asked.query,
                answer.uniqueUsers(),
                Objects.requireNonNull(answer.uniqueUsersExact()),
                asked.counted.users());
        if (asked.counted.from().equals(asked.counted.to())) {
            assertThat(answer.uniqueUsersExact()).as(asked.query).isTrue();
        }
        List<String> paths = asked.counted.ranking("path");
        assertThat(answer.topPaths().stream().map(path -> path.path() + "=" + path.views()))
                .as(asked.query)
                .isEqualTo(paths.stream().skip(1).limit(7).toList());
        assertThat(answer.totalPaths()).isEqualTo(paths.size());
        Meta.MetaSources sources = Objects.requireNonNull(answer.meta()).sources();
        fromRollups += sources.rollupDays() + sources.rollupHours() > 0 ? 1 : 0;
    }

    private void timeseries() {
        String interval = world.pick(INTERVALS);
        Asked asked = days();
        Timeseries answer = reports.timeseries(asked.query + "&interval=" + interval);
        List<String> expected = asked.counted.steps(interval);
        assertThat(answer.total()).as(asked.query).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            Timeseries.Point point = answer.steps().get(i);
            String[] step = expected.get(i).split(" ");
            assertThat(point.start() + " " + point.views()).as(asked.query).isEqualTo(step[0] + " " + step[1]);
            assertUsers(asked.query, point.uniqueUsers(), answer.uniqueUsersExact(), Long.parseLong(step[2]));
        }
    }

    private void breakdown() {
        String by = world.pick(DIMENSIONS);
        Asked asked = days();
        BreakdownAnswer answer = reports.breakdown(asked.query + "&by=" + by + "&limit=1000");
        assertThat(answer.totalViews()).as(asked.query).isEqualTo(asked.counted.views());
        assertThat(answer.rows().stream().map(row -> row.value() + "=" + row.views()))
                .as(asked.query + " by " + by)
                .isEqualTo(asked.counted.ranking(by));
    }

    private static void assertUsers(String query, long answered, boolean exact, long counted) {
        if (exact) {
            assertThat(answered).as(query).isEqualTo(counted);
        } else {
            assertThat((double) answered).as(query).isBetween(counted * 0.97 - 1, counted * 1.03 + 1);
        }
    }

    /** Asks for some days, in the zone of the case or in another one, with or without filters. */
    private Asked days() {
        ZoneId zone = random.nextInt(3) == 0
                ? ZoneId.of(world.pick(List.of("UTC", "Asia/Kolkata", "Asia/Kathmandu")))
                : world.zone;
        LocalDate from = world.center.plusDays(random.nextInt(5) - 3);
        LocalDate to = from.plusDays(random.nextInt(4));
        StringBuilder query = new StringBuilder("site_id=s&timezone=" + zone);
        query.append(from.equals(to) ? "&date=" + from : "&from=" + from + "&to=" + to);
        Predicate<Event> asked = event -> event.siteId().equals("s");
        String type = world.pick(List.of("page_view", "click", "*"));
        query.append("&event_type=").append(type);
        asked = asked.and(event -> type.equals("*") || event.eventType().equals(type));
        if (random.nextInt(4) == 0) {
            String pattern = world.pick(List.copyOf(PATHS.keySet()));
            query.append("&path=").append(pattern);
            asked = asked.and(event -> PATHS.get(pattern).test(event.path()));
        }
        if (random.nextInt(6) == 0) {
            query.append("&referrer=*.example");
            asked = asked.and(event -> Recount.referrer(event).endsWith(".example"));
        }
        return new Asked(query.toString(), new Recount(history.stored().values(), zone, from, to).only(asked));
    }
}
