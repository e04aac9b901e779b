package io.webanalytics.reporting;

import io.webanalytics.reporting.answer.BreakdownAnswer;
import io.webanalytics.reporting.answer.Meta;
import io.webanalytics.reporting.answer.PathViews;
import io.webanalytics.reporting.answer.Realtime;
import io.webanalytics.reporting.answer.Stats;
import io.webanalytics.reporting.answer.Timeseries;
import io.webanalytics.reporting.answer.Timeseries.Point;
import io.webanalytics.reporting.count.Ask;
import io.webanalytics.reporting.count.Breakdown;
import io.webanalytics.reporting.count.Counted;
import io.webanalytics.reporting.count.EventCounter;
import io.webanalytics.reporting.count.Ranking;
import io.webanalytics.reporting.count.ReportFigures;
import io.webanalytics.reporting.question.Days;
import io.webanalytics.reporting.question.PreviousPeriod;
import io.webanalytics.reporting.question.Question;
import io.webanalytics.reporting.question.TimeStep;
import io.webanalytics.rollup.DistinctUsers;
import io.webanalytics.store.Dimension;
import io.webanalytics.store.Interval;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The reports. Each asks for its figures, and arranges them as an answer. */
@Component
class Reports {

    private final EventCounter counter;
    private final Clock clock;

    Reports(EventCounter counter, Clock clock) {
        this.counter = counter;
        this.clock = clock;
    }

    /** Reports views, users and top paths. The users of a single day are counted one by one, as far as memory allows. */
    Stats stats(Question asked) {
        long started = System.nanoTime();
        Days days = asked.days();
        PreviousPeriod previous = asked.previous();
        Breakdown paths = new Breakdown(Dimension.PATH, days.zone(), asked.page());
        List<Ask> asks = new ArrayList<>();
        asks.add(Ask.figures(days.interval(), days.isOne()).with(paths));
        if (previous != null) {
            asks.add(Ask.figures(previous.interval(), previous.isOneDay()));
        }
        ReportFigures figures = counter.count(asked.filter(), asks);
        Counted now = figures.first();
        Counted before = previous == null ? null : figures.counted().get(1);
        boolean plain = asked.date() != null && !asked.meta();
        boolean byDate = asked.date() != null;
        return new Stats(
                asked.filter().siteId(),
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
                before == null ? null : Stats.Change.between(before.views(), now.views(), before.users(), now.users()),
                meta(asked, figures, started),
                now.ranking().total());
    }

    Timeseries timeseries(Question asked) {
        long started = System.nanoTime();
        Days days = asked.days();
        List<TimeStep> all = TimeStep.of(days, asked.step());
        List<TimeStep> steps = page(all, asked.page());
        ReportFigures figures = counter.count(asked.filter(), asks(steps, days.isOne()));
        boolean exact = figures.counted().stream().allMatch(Counted::usersExact);
        return new Timeseries(
                asked.filter().siteId(),
                days.first(),
                days.last(),
                days.zone().getId(),
                asked.step().word(),
                all.size(),
                asked.page().offset(),
                asked.page().limit(),
                exact,
                error(exact),
                points(steps, figures.counted()),
                meta(asked, figures, started));
    }

    BreakdownAnswer breakdown(Question asked) {
        long started = System.nanoTime();
        Days days = asked.days();
        boolean ofTime = asked.by().isOfTime();
        Breakdown by = new Breakdown(asked.by(), days.zone(), ofTime ? Ranking.EVERYTHING : asked.page());
        ReportFigures figures = counter.count(asked.filter(), List.of(Ask.breakdown(days.interval(), by)));
        Counted counted = figures.first();
        Ranking ranking = ofTime ? TimeOrder.complete(asked.by(), counted.ranking(), asked.page()) : counted.ranking();
        return new BreakdownAnswer(
                asked.filter().siteId(),
                days.first(),
                days.last(),
                days.zone().getId(),
                asked.by().word(),
                counted.views(),
                ranking.total(),
                asked.page().offset(),
                asked.page().limit(),
                ranking.rows(),
                meta(asked, figures, started));
    }

    Realtime realtime(Question asked) {
        long started = System.nanoTime();
        Instant now = clock.instant();
        Interval whole = new Interval(now.minusSeconds(60L * asked.minutes()), now);
        List<TimeStep> minutes = IntStream.range(0, asked.minutes())
                .mapToObj(minute -> whole.from().plusSeconds(60L * minute))
                .map(from -> TimeStep.of(new Interval(from, from.plusSeconds(60))))
                .toList();
        List<Ask> asks = new ArrayList<>(asks(minutes, true));
        asks.add(Ask.figures(whole, true)
                .with(new Breakdown(Dimension.PATH, asked.days().zone(), asked.page())));
        ReportFigures figures = counter.count(asked.filter(), asks);
        Counted all = figures.counted().get(minutes.size());
        return new Realtime(
                asked.filter().siteId(),
                asked.minutes(),
                whole.from(),
                whole.to(),
                all.views(),
                all.users(),
                PathViews.of(all.ranking()),
                all.ranking().total(),
                points(minutes, figures.counted()),
                meta(asked, figures, started));
    }

    /** Returns a view that creates each ask on access: the counter reserves memory for all of them first. */
    private static List<Ask> asks(List<TimeStep> steps, boolean exact) {
        return new AbstractList<>() {
            @Override
            public Ask get(int place) {
                return Ask.figures(steps.get(place).interval(), exact);
            }

            @Override
            public int size() {
                return steps.size();
            }
        };
    }

    private static Stats.Previous previous(PreviousPeriod previous, Counted counted) {
        ZonedDateTime through = previous.through();
        return new Stats.Previous(
                previous.first(),
                previous.last(),
                through == null ? null : through.toOffsetDateTime(),
                counted.views(),
                counted.users(),
                counted.usersExact(),
                error(counted.usersExact()));
    }

    private static List<Point> points(List<TimeStep> steps, List<Counted> counted) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            points.add(new Point(
                    steps.get(i).start(), counted.get(i).views(), counted.get(i).users()));
        }
        return points;
    }

    private static List<TimeStep> page(List<TimeStep> steps, Ranking.Page page) {
        int from = Math.min(page.offset(), steps.size());
        return steps.subList(from, (int) Math.min((long) from + page.limit(), steps.size()));
    }

    private static @Nullable Double error(boolean exact) {
        return exact ? null : DistinctUsers.RELATIVE_ERROR;
    }

    private @Nullable Meta meta(Question asked, ReportFigures figures, long started) {
        return asked.meta() ? Meta.of(figures, clock.instant(), (System.nanoTime() - started) / 1_000_000) : null;
    }
}
