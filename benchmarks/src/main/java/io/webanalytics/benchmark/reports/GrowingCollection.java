package io.webanalytics.benchmark.reports;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * A year of twenty sites. The reports ask for thirty days of one site. These are the same in every size; the rest grows.
 *
 * @param size number of all events
 * @param asked number of events in the thirty days
 */
record GrowingCollection(int size, int asked) implements Traffic {

    private static final int SITES = 20;
    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final int DAYS = 365;
    private static final LocalDate LAST_ASKED = LocalDate.of(2025, 11, 30);
    private static final LocalDate FIRST_ASKED = LAST_ASKED.minusDays(29);
    private static final long DAY_MILLIS = 86_400_000;
    private static final int PATHS = 200;
    private static final int USERS = 400;

    @Override
    public String database() {
        return "bench-growing-" + size + "-" + asked;
    }

    @Override
    public String site() {
        return "site-0";
    }

    @Override
    public LocalDate first() {
        return FIRST;
    }

    /** The last of the thirty days. */
    @Override
    public LocalDate last() {
        return LAST_ASKED;
    }

    @Override
    public int slices() {
        return DAYS;
    }

    @Override
    public Stream<Document> slice(int day) {
        LocalDate date = FIRST.plusDays(day);
        Instant start = date.atStartOfDay().toInstant(ZoneOffset.UTC);
        boolean askedFor = !date.isBefore(FIRST_ASKED) && !date.isAfter(LAST_ASKED);
        int others = size - asked;
        int ofOthers = others / DAYS + (day < others % DAYS ? 1 : 0);
        int ofAsked = askedFor ? asked / 30 : 0;
        SplittableRandom othersRandom = new SplittableRandom(day);
        SplittableRandom askedRandom = new SplittableRandom(day);
        int all = ofOthers + ofAsked;
        return IntStream.range(0, all).mapToObj(place -> {
            int askedBefore = (int) ((long) place * ofAsked / all);
            boolean isAsked = (long) (place + 1) * ofAsked / all > askedBefore; // spread evenly among the others
            int site = isAsked ? 0 : othersRandom.nextInt(askedFor ? 1 : 0, SITES);
            return isAsked
                    ? event(site, start, askedBefore, ofAsked, askedRandom)
                    : event(site, start, place - askedBefore, ofOthers, othersRandom);
        });
    }

    private static Document event(int site, Instant start, int place, long of, SplittableRandom random) {
        int path = Events.skewed(random, PATHS);
        int user = Events.skewed(random, USERS);
        return Events.view("site-" + site, path, user, start.plusMillis(place * DAY_MILLIS / of));
    }
}
