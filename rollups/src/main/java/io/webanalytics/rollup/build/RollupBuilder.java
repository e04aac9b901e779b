package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Builds what waits to be built. Any number of them may run at the same time. */
public final class RollupBuilder {

    /** No builder of a running system may leave hours alone for less, see {@link Marks}. */
    public static final Duration SHORTEST_QUIET = Duration.ofSeconds(1);

    /** So that what waits longest is seen to soon, and the list fits in memory. */
    private static final int MOST_DUE = 1_000;

    private static final int LONGEST_RUN = 7 * Bucket.HOURS_OF_DAY;

    private final BucketHeads heads;
    private final ServerClock clock;
    private final Duration quiet;
    private final HourBuilder hours;
    private final DayBuilder days;

    /** @param quiet how long an hour is left alone after its end and its last mark */
    public RollupBuilder(MongoDatabase database, ServerClock clock, Duration quiet) {
        BucketParts parts = new BucketParts(database);
        this.heads = new BucketHeads(database);
        this.clock = clock;
        this.quiet = quiet;
        this.hours = new HourBuilder(heads, parts, new EventReader(database));
        this.days = new DayBuilder(heads, parts);
    }

    /**
     * What was done.
     *
     * @param due hours that waited, {@link #MOST_DUE} where there are as many or more
     * @param hours hours that were built
     * @param days days that were built
     * @param tooLarge hours that were found too large to be stored
     */
    public record Progress(int due, int hours, int days, int tooLarge) {}

    /**
     * Builds hours that wait, and their days.
     *
     * @param stop asked now and then whether to end early
     * @throws MongoException if MongoDB fails; what was built until then stays
     */
    public Progress buildSome(BooleanSupplier stop) {
        Instant over = clock.read().minus(quiet);
        List<Bucket> due = heads.due(over, MOST_DUE);
        int builtHours = 0;
        int builtDays = 0;
        int tooLarge = 0;
        for (List<Bucket> run : runs(due)) {
            if (stop.getAsBoolean()) {
                break;
            }
            HourBuilder.Outcome outcome = hours.build(run, over, clock.read());
            builtHours += outcome.built().size();
            tooLarge += outcome.tooLarge();
            Set<Bucket> affected = outcome.built().stream().map(Bucket::day).collect(Collectors.toSet());
            for (Bucket day : affected) {
                builtDays += buildDay(day, over) ? 1 : 0;
            }
        }
        return new Progress(due.size(), builtHours, builtDays, tooLarge);
    }

    private boolean buildDay(Bucket day, Instant over) {
        try {
            return days.build(day, over);
        } catch (BucketParts.GoneException e) {
            return false; // another builder was faster with one of its hours, and builds the day next
        }
    }

    /** Cuts a list of hours where they do not follow each other. */
    private static List<List<Bucket>> runs(List<Bucket> sorted) {
        List<List<Bucket>> runs = new ArrayList<>();
        List<Bucket> run = new ArrayList<>();
        for (Bucket hour : sorted) {
            boolean follows = !run.isEmpty() && run.get(run.size() - 1).next().equals(hour);
            if (!run.isEmpty() && (!follows || run.size() == LONGEST_RUN)) {
                runs.add(run);
                run = new ArrayList<>();
            }
            run.add(hour);
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }
}
