package io.webanalytics.processor.worker;

import io.webanalytics.model.Outage;
import io.webanalytics.processor.ProcessorProperties;
import io.webanalytics.processor.repeat.Loop;
import io.webanalytics.processor.repeat.Stop;
import io.webanalytics.processor.rollup.RollupTasks;
import io.webanalytics.store.EventStore;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes the threads of the tasks that a processor repeats beside its batches. */
@Component
final class BackgroundTasks {

    private static final Duration OFTEN = Duration.ofSeconds(1);
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(5);
    private static final Duration SELDOM = Duration.ofHours(1);

    private final SnapshotWriter snapshots;
    private final RollupTasks rollups;
    private final EventStore store;
    private final Outage rollupsOutage;
    private final ProcessorProperties properties;
    private final Stop stop;

    BackgroundTasks(
            SnapshotWriter snapshots,
            RollupTasks rollups,
            EventStore store,
            Outage rollupsOutage,
            ProcessorProperties properties,
            Stop stop) {
        this.snapshots = snapshots;
        this.rollups = rollups;
        this.store = store;
        this.rollupsOutage = rollupsOutage;
        this.properties = properties;
        this.stop = stop;
    }

    /** Returns threads, not started yet. A rare task has an outage of its own: in a shared one it would hide others' for long. */
    List<Thread> threads() {
        Duration period = properties.rollupPatrol();
        Runnable patrol = () -> rollups.patrol(period);
        return List.of(
                thread("queue-snapshots", snapshots::write, OFTEN, new Outage("MongoDB (queue snapshot)")),
                thread("rollup-clock", rollups::readClock, OFTEN, rollupsOutage),
                thread("rollup-builder", rollups::build, OFTEN, rollupsOutage),
                thread("rollup-watch", rollups::watch, NOW_AND_THEN, rollupsOutage),
                thread("rollup-patrol", patrol, period, new Outage("MongoDB (patrol of the rollups)")),
                thread("reports-index", store::ensureIndex, SELDOM, new Outage("MongoDB (index of the reports)")));
    }

    private Thread thread(String name, Runnable task, Duration period, Outage outage) {
        return new Thread(Loop.every(name, task, period, outage, stop), name);
    }
}
