package io.webanalytics.rollup.build;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.model.EventRules;
import io.webanalytics.rollup.BucketHeads;
import io.webanalytics.rollup.BucketParts;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.store.StoredEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks through all months in which sites have events, and {@link MonthCheck checks} each. One process walks at a time. If it
 * ends early, another continues from there.
 */
public final class Patrol {

    private static final Logger log = LoggerFactory.getLogger(Patrol.class);

    private static final Duration NOTE_EVERY = Duration.ofSeconds(5);

    private final StoredEvents events;
    private final EventReader reader;
    private final MonthCheck check;
    private final ServerClock clock;
    private final Duration quiet;
    private final PatrolPlace place;

    public Patrol(MongoDatabase database, DirtyHours dirty, ServerClock clock, Duration quiet) {
        BucketHeads heads = new BucketHeads(database);
        BucketParts parts = new BucketParts(database);
        this.events = new StoredEvents(database);
        EventReader reader = new EventReader(events);
        this.reader = reader;
        this.check = new MonthCheck(dirty, heads, parts, reader, new DayBuilder(dirty, heads, parts, reader));
        this.clock = clock;
        this.quiet = quiet;
        this.place = new PatrolPlace(database, clock, NOTE_EVERY);
    }

    /**
     * Checks every site, unless another process is walking, or the last walk ended less than a period ago.
     *
     * @param period the time from the end of a walk to the next one
     * @param stop called before each month; it may pause, as the walk is not urgent
     * @return how many months could not be checked
     * @throws MongoException if MongoDB fails; the next walk continues there
     */
    public int walk(Duration period, BooleanSupplier stop) {
        if (!place.take(period)) {
            return 0;
        }
        int failed = 0;
        BooleanSupplier stopOrLost = () -> stop.getAsBoolean() || !place.keep();
        for (String site = events.siteAfter(place.lastSite()); site != null; site = events.siteAfter(site)) {
            failed += walk(site, EventRules.EARLIEST, clock.now().plus(Duration.ofDays(1)), stopOrLost);
            if (stopOrLost.getAsBoolean()) {
                place.leave();
                return failed;
            }
            place.moveOn(site);
        }
        place.finish();
        return failed;
    }

    /**
     * Checks the months of a site from that of one instant to that of another. A month that fails does not stop the others.
     *
     * @return how many months could not be checked
     */
    public int walk(String site, Instant from, Instant to, BooleanSupplier stop) {
        int failed = 0;
        Instant next = reader.first(site, from, to);
        while (next != null && !stop.getAsBoolean()) {
            YearMonth month = YearMonth.from(next.atOffset(ZoneOffset.UTC));
            failed += check(site, month) ? 0 : 1;
            next = reader.first(site, start(month.plusMonths(1)), to);
        }
        return failed;
    }

    private boolean check(String site, YearMonth month) {
        try {
            check.check(
                    site, start(month), start(month.plusMonths(1)), clock.now().minus(quiet));
            return true;
        } catch (RuntimeException e) {
            if (!Neighbours.isOfOne(e)) {
                throw e;
            }
            log.warn("The rollups of {} in {} cannot be checked", site, month, e);
            return false;
        }
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
