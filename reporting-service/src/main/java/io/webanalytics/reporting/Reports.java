package io.webanalytics.reporting;

import io.webanalytics.reporting.answer.BreakdownAnswer;
import io.webanalytics.reporting.answer.Meta;
import io.webanalytics.reporting.answer.PathViews;
import io.webanalytics.reporting.answer.Realtime;
import io.webanalytics.reporting.answer.Stats;
import io.webanalytics.reporting.answer.Timeseries;
import io.webanalytics.reporting.answer.Timeseries.Point;
import io.webanalytics.reporting.count.Breakdown;
import io.webanalytics.reporting.count.Counted;
import io.webanalytics.reporting.count.Counting;
import io.webanalytics.reporting.count.Dimension;
import io.webanalytics.reporting.count.EventCounter;
import io.webanalytics.reporting.count.Interval;
import io.webanalytics.reporting.count.Ranking;
import io.webanalytics.reporting.question.Days;
import io.webanalytics.reporting.question.Question;
import io.webanalytics.reporting.question.Step;
import io.webanalytics.rollup.UserSketch;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The reports: each asks for its figures, and arranges them. */
@Component
class Reports {

    private final EventCounter counter;
    private final Clock clock;

    Reports(EventCounter counter, Clock clock) {
        this.counter = counter;
        this.clock = clock;
    }

    /** The users of a single day are always counted one by one. */
    Stats stats(Question asked) {
        long started = System.nanoTime();
        Days days = asked.days();
        Days previous = asked.previous();
        Interval whole = previous == null
                ? days.interval()
                : new Interval(previous.interval().from(), days.interval().to());
        return counter.report(asked.scope(), whole, counting -> {
            Breakdown paths = new Breakdown(Dimension.PATH, days.zone(), asked.page());
            Counted now = counting.count(days.interval(), days.isOne(), paths);
            Counted before = previous == null
                    ? null
                    : counting.count(List.of(previous.interval()), previous.isOne())
                            .get(0);
            boolean plain = asked.date() != null && !asked.meta();
            boolean byDate = asked.date() != null;
            return new Stats(
                    asked.scope().siteId(),
                    asked.date(),
                    byDate ? null : days.first(),
                    byDate ? null : days.last(),
                    now.views(),
                    now.users(),
                    plain ? null : now.usersExact(),
                    error(now.usersExact()),
                    PathViews.of(now.ranking()),
                    plain ? null : now.ranking().total(),
                    before == null ? null : previous(previous, before),
                    before == null
                            ? null
                            : Stats.Change.between(before.views(), now.views(), before.users(), now.users()),
                    meta(asked, counting, started));
        });
    }

    Timeseries timeseries(Question asked) {
        long started = System.nanoTime();
        Days days = asked.days();
        List<Step> all = Step.of(days, asked.step());
        List<Step> steps = page(all, asked.page());
        Interval whole = steps.isEmpty()
                ? days.interval()
                : new Interval(
                        steps.get(0).interval().from(),
                        steps.get(steps.size() - 1).interval().to());
        return counter.report(asked.scope(), whole, counting -> {
            List<Counted> counted =
                    counting.count(steps.stream().map(Step::interval).toList(), days.isOne());
            boolean exact = counted.stream().allMatch(Counted::usersExact);
            return new Timeseries(
                    asked.scope().siteId(),
                    days.first(),
                    days.last(),
                    days.zone().getId(),
                    asked.step().word(),
                    all.size(),
                    asked.page().offset(),
                    asked.page().limit(),
                    exact,
                    error(exact),
                    points(steps, counted),
                    meta(asked, counting, started));
        });
    }

    BreakdownAnswer breakdown(Question asked) {
        long started = System.nanoTime();
        Days days = asked.days();
        return counter.report(asked.scope(), days.interval(), counting -> {
            Breakdown by =
                    new Breakdown(asked.by(), days.zone(), asked.by().isOfTime() ? Ranking.EVERYTHING : asked.page());
            Counted counted = counting.breakDown(days.interval(), by);
            Ranking ranking = asked.by().isOfTime()
                    ? TimeOrder.complete(asked.by(), counted.ranking(), asked.page())
                    : counted.ranking();
            return new BreakdownAnswer(
                    asked.scope().siteId(),
                    days.first(),
                    days.last(),
                    days.zone().getId(),
                    asked.by().word(),
                    counted.views(),
                    ranking.total(),
                    asked.page().offset(),
                    asked.page().limit(),
                    ranking.rows(),
                    meta(asked, counting, started));
        });
    }

    Realtime realtime(Question asked) {
        long started = System.nanoTime();
        Instant now = clock.instant();
        Interval whole = new Interval(now.minusSeconds(60L * asked.minutes()), now);
        List<Step> minutes = IntStream.range(0, asked.minutes())
                .mapToObj(minute -> whole.from().plusSeconds(60L * minute))
                .map(from -> new Step(from.toString(), new Interval(from, from.plusSeconds(60))))
                .toList();
        return counter.report(asked.scope(), whole, counting -> {
            Breakdown paths = new Breakdown(Dimension.PATH, asked.days().zone(), asked.page());
            Counted all = counting.count(whole, true, paths);
            List<Counted> perMinute =
                    counting.count(minutes.stream().map(Step::interval).toList(), true);
            return new Realtime(
                    asked.scope().siteId(),
                    asked.minutes(),
                    whole.from(),
                    whole.to(),
                    all.views(),
                    all.users(),
                    PathViews.of(all.ranking()),
                    all.ranking().total(),
                    points(minutes, perMinute),
                    meta(asked, counting, started));
        });
    }

    private static Stats.Previous previous(Days days, Counted counted) {
        return new Stats.Previous(
                days.first(),
                days.last(),
                counted.views(),
                counted.users(),
                counted.usersExact(),
                error(counted.usersExact()));
    }

    private static List<Point> points(List<Step> steps, List<Counted> counted) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            points.add(new Point(
                    steps.get(i).start(), counted.get(i).views(), counted.get(i).users()));
        }
        return points;
    }

    private static List<Step> page(List<Step> steps, Ranking.Page page) {
        int from = Math.min(page.offset(), steps.size());
        return steps.subList(from, Math.min(from + page.limit(), steps.size()));
    }

    private static @Nullable Double error(boolean exact) {
        return exact ? null : UserSketch.RELATIVE_ERROR;
    }

    private @Nullable Meta meta(Question asked, Counting counting, long started) {
        return asked.meta() ? Meta.of(counting, clock.instant(), (System.nanoTime() - started) / 1_000_000) : null;
    }
}
