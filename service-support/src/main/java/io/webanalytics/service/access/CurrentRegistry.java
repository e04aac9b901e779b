package io.webanalytics.service.access;

import io.webanalytics.model.Outage;
import io.webanalytics.sites.Registry;
import io.webanalytics.sites.RegistryFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The registry as this process knows it: read once a second, and kept while it cannot be read. So a revoked key ends within
 * seconds, and a key that is known works however long MongoDB is away.
 */
public final class CurrentRegistry implements SmartLifecycle {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofSeconds(15);

    private final RegistrySource source;
    private final Outage outage;
    private final Clock clock;
    private final Map<String, LocalDate> lastUse = new ConcurrentHashMap<>();
    private final Map<String, LocalDate> unnoted = new ConcurrentHashMap<>();
    private volatile @Nullable ScheduledExecutorService thread;
    private volatile State state = new State(null, null, "it has not been read yet");

    /**
     * What is known.
     *
     * @param registry the last one that could be read; null if there was none
     * @param readAt when that was
     * @param problem why it is not that of now; null if it is
     */
    record State(
            @Nullable Registry registry,
            @Nullable Instant readAt,
            @Nullable String problem) {

        private State because(String newProblem) {
            return new State(registry, readAt, newProblem);
        }
    }

    CurrentRegistry(RegistrySource source, Outage outage, Clock clock) {
        this.source = source;
        this.outage = outage;
        this.clock = clock;
    }

    /**
     * Returns the registry.
     *
     * @throws CannotTellException if none could be read since the process started
     */
    public Registry get() {
        Registry registry = state.registry;
        if (registry == null) {
            throw new CannotTellException("The registry is not known yet.", null);
        }
        return registry;
    }

    /** Returns what is known. A reading that does not end, or a thread that ended, is a problem, too. */
    State state() {
        State known = state;
        return known.problem == null
                        && known.readAt != null
                        && known.readAt.plus(STALE).isBefore(clock.instant())
                ? known.because("no reading has ended since")
                : known;
    }

    /** Notes that a key is used now. */
    void used(String prefix) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(lastUse.get(prefix))) { // rarely: a put for each event would have all threads wait
            unnoted.put(prefix, today);
            lastUse.put(prefix, today);
        }
    }

    /** Reads the registry now, such as after a change. A failure is the same as that of a reading by the second. */
    public synchronized void refresh() {
        try {
            Registry registry = source.read();
            state = registry == null
                    ? state.because("there is none: no processor has written it")
                    : new State(registry, clock.instant(), null);
        } catch (RegistryFormat.UnreadableException | RuntimeException | Error e) { // thrown, it would end the readings
            state = state.because(String.valueOf(e.getMessage()));
            outage.failed(String.valueOf(e.getMessage()));
            return;
        }
        try {
            noteUses();
            outage.worked();
        } catch (RuntimeException | Error e) { // a server that refuses to write may still tell what is revoked
            outage.failed(String.valueOf(e.getMessage()));
        }
    }

    private void noteUses() {
        Map<String, LocalDate> days = new HashMap<>(unnoted);
        if (!days.isEmpty()) {
            source.used(days);
            days.forEach(unnoted::remove);
        }
        if (lastUse.size() > Registry.MOST_KEYS) { // of keys that were revoked since
            lastUse.clear();
        }
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "registry"));
        started.scheduleWithFixedDelay(this::refresh, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        thread = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService started = thread;
        if (started != null) {
            started.shutdownNow();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
