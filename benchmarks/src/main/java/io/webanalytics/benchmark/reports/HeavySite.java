package io.webanalytics.benchmark.reports;

import io.webanalytics.benchmark.BenchmarkParameters;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * One site with much traffic for 30 days, by far the most on the last of them. Every day has all the paths. A day's users have
 * consecutive numbers. The ranges of days overlap, so that some users return on the next days.
 *
 * @param lastDay events of the last day
 * @param lastDayUsers distinct users of the last day, exactly
 * @param paths distinct paths of each day, exactly
 * @param month events of all 30 days
 * @param otherDayUsers distinct users of each other day, exactly
 */
record HeavySite(int lastDay, int lastDayUsers, int paths, int month, int otherDayUsers) implements Traffic {

    static final int DAYS = 30;

    private static final LocalDate FIRST = LocalDate.of(2025, 11, 1);
    private static final int HOURS = 24;
    private static final long DAY_MILLIS = 86_400_000;

    /** A prime larger than any day: its multiples, modulo the day's size, visit every number once, in no visible order. */
    private static final long STRIDE = 2_654_435_761L;

    static HeavySite of(BenchmarkParameters parameters, boolean small) {
        int lastDay = parameters.number("heavy.day-events", small ? 5_000 : 1_000_000);
        return new HeavySite(
                lastDay,
                parameters.number("heavy.day-users", lastDay / 5),
                parameters.number("heavy.day-paths", lastDay / 50),
                parameters.number("heavy.month-events", lastDay * 10),
                parameters.number("heavy.other-day-users", lastDay * 6 / 100));
    }

    @Override
    public String database() {
        return "bench-heavy-" + lastDay + "-" + lastDayUsers + "-" + paths + "-" + month + "-" + otherDayUsers;
    }

    @Override
    public String site() {
        return "heavy";
    }

    @Override
    public LocalDate first() {
        return FIRST;
    }

    @Override
    public LocalDate last() {
        return FIRST.plusDays(DAYS - 1);
    }

    /** Returns the distinct users of the month. The ranges of days leave no gap, and the last reaches furthest. */
    int monthUsers() {
        return firstUser(DAYS - 1) + lastDayUsers;
    }

    @Override
    public int slices() {
        return DAYS * HOURS;
    }

    @Override
    public Stream<Document> slice(int hour) {
        int day = hour / HOURS;
        long size = size(day);
        int from = (int) (size * (hour % HOURS) / HOURS);
        int to = (int) (size * (hour % HOURS + 1) / HOURS);
        SplittableRandom random = new SplittableRandom(hour);
        return IntStream.range(from, to).mapToObj(place -> event(day, place, size, random));
    }

    private Document event(int day, int place, long size, SplittableRandom random) {
        int users = day == DAYS - 1 ? lastDayUsers : otherDayUsers;
        int drawn = (int) (place * STRIDE % size); // each number once, so every user and path occurs
        int user = drawn < users ? drawn : Events.skewed(random, users);
        int path = drawn < paths ? drawn : Events.skewed(random, paths);
        long millis = place * DAY_MILLIS / size;
        return Events.view(
                site(),
                path,
                firstUser(day) + user,
                FIRST.plusDays(day).atStartOfDay().toInstant(ZoneOffset.UTC).plusMillis(millis));
    }

    private int size(int day) {
        int others = month - lastDay;
        return day == DAYS - 1 ? lastDay : others / (DAYS - 1) + (day < others % (DAYS - 1) ? 1 : 0);
    }

    private int firstUser(int day) {
        return day * (otherDayUsers / 6);
    }
}
