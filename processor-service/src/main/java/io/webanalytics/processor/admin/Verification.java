package io.webanalytics.processor.admin;

import com.mongodb.MongoException;
import io.webanalytics.processor.admin.VerificationReport.State;
import io.webanalytics.processor.rollup.RollupMetrics;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.build.Verifier;
import io.webanalytics.rollup.build.Verifier.Difference;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A comparison of the rollups of a site with their events, in a thread of its own. */
final class Verification implements Verifier.Listener {

    private static final Logger log = LoggerFactory.getLogger(Verification.class);

    /** How many differences are kept. Further ones are only counted. */
    static final int MOST_DIFFERENCES = 1_000;

    private final String id = UUID.randomUUID().toString();
    private final SiteDays days;
    private final Verifier verifier;
    private final RollupMetrics metrics;
    private final Thread thread = new Thread(this::run, "rollup-verification");
    private final Instant begunAt = now();

    private State state = State.RUNNING;
    private @Nullable LocalDate through;
    private int checked;
    private int skipped;
    private int differing;
    private final List<Difference> differences = new ArrayList<>();
    private @Nullable Instant endedAt;
    private @Nullable String error;

    Verification(SiteDays days, Verifier verifier, RollupMetrics metrics) {
        this.days = days;
        this.verifier = verifier;
        this.metrics = metrics;
        thread.setDaemon(true);
    }

    void begin() {
        thread.start();
    }

    /** Ends the comparison before it is done, if it still runs. */
    void end() {
        finish(State.ENDED, null);
        thread.interrupt();
    }

    /** Whether the thread is alive: it may be for a moment after {@link #end} too. */
    boolean isAtWork() {
        return thread.isAlive();
    }

    String id() {
        return id;
    }

    private void run() {
        try {
            for (Iterator<Bucket> day = days.buckets().iterator(); day.hasNext() && !isOver(); ) {
                Bucket next = day.next();
                verifier.verify(next, this, this::isOver);
                passed(next);
            }
            finish(State.DONE, null);
        } catch (MongoException e) {
            finish(State.FAILED, e.getMessage());
        } catch (RuntimeException | Error e) {
            if (finish(State.FAILED, e.toString())) {
                log.error("The verification of the rollups of {} failed", days.siteId(), e);
            }
        }
    }

    private synchronized boolean isOver() {
        return state != State.RUNNING;
    }

    /** Returns whether the comparison was running until now. */
    private synchronized boolean finish(State last, @Nullable String why) {
        if (isOver()) {
            return false;
        }
        state = last;
        error = why;
        endedAt = now();
        return true;
    }

    private synchronized void passed(Bucket day) {
        if (!isOver()) {
            through = LocalDate.ofInstant(day.start(), ZoneOffset.UTC);
        }
    }

    @Override
    public synchronized void checked() {
        checked++;
    }

    @Override
    public synchronized void skipped() {
        skipped++;
    }

    @Override
    public synchronized void differs(Difference difference) {
        metrics.differed();
        differing++;
        if (differences.size() < MOST_DIFFERENCES) {
            differences.add(difference);
        }
    }

    synchronized VerificationReport report() {
        return new VerificationReport(
                id,
                state,
                days.siteId(),
                days.from(),
                days.to(),
                through,
                checked,
                skipped,
                differing,
                List.copyOf(differences),
                begunAt,
                endedAt,
                error);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
