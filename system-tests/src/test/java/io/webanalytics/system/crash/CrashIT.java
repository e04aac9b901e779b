package io.webanalytics.system.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.system.crash.Attempts.Outcome;
import io.webanalytics.system.crash.Checker.Findings;
import io.webanalytics.testing.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Whatever dies, every acknowledged event is stored exactly once, and the ledger balances at every instant. The system
 * properties {@code crash.seed} and {@code crash.faults} choose the schedule.
 */
class CrashIT {

    private static final int FAULTS = Integer.getInteger("crash.faults", 21);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime() % 1_000_000);

    /** Fewest samples of the ledger in a second, by both samplers: there are none while Redis is away. */
    private static final int SAMPLES_A_SECOND = 10;

    private static final long ENOUGH_SAMPLES = 1_000;

    /** Words in the names of faults that happen only if a service reaches their point. */
    private static final List<String> WAIT_FOR_AN_OCCASION = List.of(" at ", "lost reply to", " before a push");

    /** So many faults of a kind cannot all miss by chance. A short schedule may deal fewer. */
    private static final int OCCASIONS = 3;

    private final Attempts attempts = new Attempts();

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void everyAcknowledgedEventIsStoredExactlyOnceWhateverDies() {
        System.out.printf("Crash test: -Dcrash.seed=%d -Dcrash.faults=%d%n", SEED, FAULTS);
        try (CrashSystem system = new CrashSystem()) {
            system.awaitReady();
            Checker checker = new Checker(system, attempts);
            Nemesis nemesis = nemesis(system);
            long started = System.nanoTime();
            LedgerSampler sampler = new LedgerSampler(system.processors, system.redisUrl);
            CompletenessSampler completeness = new CompletenessSampler(system.reporting);
            Load load = new Load(system.ingestion, attempts);
            try (sampler;
                    completeness;
                    load) {
                nemesis.run();
            }
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            system.awaitReady();

            JsonNode ledger = checker.awaitDrained();
            Findings findings = checker.compare();
            report(nemesis, sampler, checker, findings, ledger, took);

            assertClean(findings);
            assertThat(attempts.torn(findings.stored()))
                    .as("batches of which only a part is stored, seed %d", SEED)
                    .isEmpty();
            assertNothingOverstated(completeness);
            assertThat(sampler.unbalanced())
                    .as("unbalanced samples, seed %d", SEED)
                    .isZero();
            assertThat((long) sampler.samplesOfProcessors() + sampler.samplesOfRedis())
                    .isGreaterThanOrEqualTo(Math.min(ENOUGH_SAMPLES, SAMPLES_A_SECOND * took.toSeconds()));
            assertThat(List.of(sampler.samplesOfProcessors(), sampler.samplesOfRedis()))
                    .doesNotContain(0);
            assertThat(WAIT_FOR_AN_OCCASION)
                    .as("faults that found no occasion, however often they waited for one, seed %d", SEED)
                    .noneMatch(fault -> nemesis.dealt(fault) >= OCCASIONS && nemesis.happened(fault) == 0);
            assertThat(load.unexpectedStatus())
                    .as("a status other than 202 and 503")
                    .isZero();
            assertLedgerEqualsStore(ledger, findings);
            checker.assertStatistics(findings.stored());
            sendAgain(load, checker, ledger);
        }
    }

    private static Nemesis nemesis(CrashSystem system) {
        List<List<Fault>> processors = new ArrayList<>();
        List<Fault> ingestion = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processors.add(ServiceFaults.ofProcessor(system.processors.get(i), "processor " + i, CrashSystem.LEASE));
            ingestion.addAll(ServiceFaults.ofIngestion(system.ingestion.get(i), "ingestion " + i));
        }
        int processor = FAULTS / 6;
        int redis = FAULTS / 3;
        int mongo = FAULTS / 4;
        Nemesis nemesis = new Nemesis(SEED);
        nemesis.addLanes(processors, processor);
        nemesis.addLane(ingestion, FAULTS - 2 * processor - redis - mongo);
        nemesis.addLane(
                ServerFaults.ofRedis(system.processorsToRedis, system.ingestionToRedis, system.redisControl()), redis);
        nemesis.addLane(ServerFaults.ofMongo(system.processorsToMongo, system.mongoControl()), mongo);
        return nemesis;
    }

    private static void assertClean(Findings findings) {
        assertThat(findings.lost()).as("lost events, seed %d", SEED).isEmpty();
        assertThat(findings.duplicated())
                .as("events stored twice, seed %d", SEED)
                .isEmpty();
        assertThat(findings.unexpected())
                .as("events stored that were refused or never sent, seed %d", SEED)
                .isEmpty();
    }

    /** Asserts that no report claimed to be complete and lacked events. */
    private void assertNothingOverstated(CompletenessSampler completeness) {
        System.out.printf(
                "  %d reports said how complete they were, %d of them with rollups%n",
                completeness.samples().size(),
                completeness.samples().stream()
                        .filter(CompletenessSampler.Sample::fromRollups)
                        .count());
        assertThat(completeness.overstated(attempts))
                .as("reports that lacked what they said to have, seed %d", SEED)
                .isEmpty();
        assertThat(completeness.samples()).hasSizeGreaterThan(FAULTS);
    }

    /** Asserts that as many events are stored as accepted: each was sent once. */
    private void assertLedgerEqualsStore(JsonNode ledger, Findings findings) {
        long accepted = ledger.get("accepted").asLong();
        assertThat(ledger.get("settled").asLong()).isEqualTo(accepted);
        assertThat(accepted).as("documents").isEqualTo(findings.stored().size());
        long acknowledged = attempts.counts().get(Outcome.ACKNOWLEDGED);
        assertThat(acknowledged).isGreaterThan(FAULTS);
        assertThat(accepted)
                .isBetween(acknowledged, acknowledged + attempts.counts().get(Outcome.INDETERMINATE));
    }

    /** Sends refused and indeterminate events again, and some acknowledged ones. No event is counted twice. */
    private void sendAgain(Load load, Checker checker, JsonNode before) {
        List<Integer> again = new ArrayList<>(attempts.numbers(Outcome.REFUSED));
        again.addAll(attempts.numbers(Outcome.INDETERMINATE));
        again.addAll(attempts.numbers(Outcome.ACKNOWLEDGED).stream()
                .filter(number -> number % 10 == 0)
                .toList());
        again.removeIf(number -> !Attempts.isRepeatable(number));
        load.sendUntilAcknowledged(again);
        again.forEach(number -> attempts.end(number, Outcome.ACKNOWLEDGED));

        JsonNode ledger = checker.awaitDrained();
        Findings findings = checker.compare();
        assertClean(findings);
        assertThat(ledger.get("settled").asLong())
                .isGreaterThanOrEqualTo(before.get("settled").asLong() + again.size());
        checker.assertStatistics(findings.stored());
    }

    private void report(
            Nemesis nemesis,
            LedgerSampler sampler,
            Checker checker,
            Findings findings,
            JsonNode ledger,
            Duration took) {
        System.out.printf(
                "Crash test on %s and %s, seed %d: %d faults in %d s; %d events attempted: %s; %d accepted, %d settled,"
                        + " %d stored, %d dead letters replayed; %d lost, %d duplicated, %d unexpected;"
                        + " %d ledger samples, %d unbalanced%n",
                System.getenv("REDIS_URL") == null ? "embedded Redis" : "REDIS_URL",
                TestServers.mongo().name(),
                SEED,
                nemesis.injected().values().stream().mapToInt(Integer::intValue).sum(),
                took.toSeconds(),
                attempts.count(),
                attempts.counts(),
                ledger.get("accepted").asLong(),
                ledger.get("settled").asLong(),
                findings.stored().size(),
                checker.replayed(),
                findings.lost().size(),
                findings.duplicated().size(),
                findings.unexpected().size(),
                sampler.samplesOfProcessors() + sampler.samplesOfRedis(),
                sampler.unbalanced());
        nemesis.injected().forEach((fault, times) -> System.out.printf("  %3d × %s%n", times, fault));
    }
}
