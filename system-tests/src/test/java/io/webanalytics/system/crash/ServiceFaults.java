package io.webanalytics.system.crash;

import static org.awaitility.Awaitility.await;

import io.webanalytics.system.Service;
import io.webanalytics.testing.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/** The faults of a service's process. */
final class ServiceFaults {

    /** How long a service has to reach a fault point. It may have nothing to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final Service service;

    private ServiceFaults(Service service) {
        this.service = service;
    }

    static List<Fault> ofIngestion(Service ingestion, String name) {
        ServiceFaults faults = new ServiceFaults(ingestion);
        return List.of(
                new Fault("kill -9 of " + name, random -> faults.killed()),
                new Fault("SIGSTOP of " + name, random -> faults.paused(random, Duration.ofSeconds(1))),
                new Fault("death of " + name + " before a push", random -> faults.diesAt(FaultPoint.GROUPED)));
    }

    /** @param lease what a pause must outlast */
    static List<Fault> ofProcessor(Service processor, String name, Duration lease) {
        ServiceFaults faults = new ServiceFaults(processor);
        List<Fault> all = new ArrayList<>();
        all.add(new Fault("kill -9 of " + name, random -> faults.killed()));
        all.add(new Fault("SIGSTOP of " + name + " past its lease", random -> faults.paused(random, lease)));
        for (FaultPoint point : FaultPoint.OF_PROCESSOR) {
            all.add(new Fault("death of " + name + " at " + point, random -> faults.diesAt(point)));
        }
        for (FaultPoint point : List.of(FaultPoint.CLAIMED, FaultPoint.INSERTED)) {
            all.add(new Fault(
                    "SIGSTOP of " + name + " past its lease at " + point,
                    random -> faults.becomesZombieAt(point, random, lease)));
        }
        return all;
    }

    private boolean killed() {
        service.kill();
        service.restartAlive();
        return true;
    }

    private boolean paused(Random random, Duration least) {
        Signals.pause(service.process());
        try {
            Fault.hold(random, least);
        } finally {
            Signals.resume(service.process());
        }
        return true;
    }

    private boolean diesAt(FaultPoint point) {
        service.tell(point + " halt");
        boolean died = happens(() -> !service.process().isAlive());
        killed();
        return died;
    }

    private boolean becomesZombieAt(FaultPoint point, Random random, Duration lease) {
        service.tell(point + " stop");
        if (happens(() -> Signals.isPaused(service.process()))) {
            return paused(random, lease);
        }
        killed(); // it must not freeze later, unobserved
        return false;
    }

    private static boolean happens(Callable<Boolean> condition) {
        try {
            await().pollInterval(Duration.ofMillis(50)).atMost(PATIENCE).until(condition);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }
}
