package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Command;
import io.webanalytics.benchmark.Redis;
import io.webanalytics.benchmark.Results;
import io.webanalytics.benchmark.Store;
import io.webanalytics.benchmark.Timings;
import java.util.ArrayList;
import java.util.List;

/** How fast services start, and the memory and CPU time that they use: idle, and after load. */
final class FootprintPart {

    private static final int IDLE_MILLIS = 10_000;
    private static final int REPORTS = 500;

    private final Redis redis;
    private final Store store;
    private final int rounds;
    private final int seconds;
    private final int loads;
    private final int connections;

    /** @param loads number of loads before memory is measured again, each of {@code seconds} */
    FootprintPart(Redis redis, Store store, int rounds, int seconds, int loads, int connections) {
        this.redis = redis;
        this.store = store;
        this.rounds = rounds;
        this.seconds = seconds;
        this.loads = loads;
        this.connections = connections;
    }

    void run(Results results) throws Exception {
        List<Jvm> jvms = jvms();
        results.heading(
                "Footprint",
                String.format(
                        "Each with a heap of at most 256 MiB. Start-up: from the start of the process until it is ready"
                                + " for requests, medians of %d starts. Idle: resident memory 10 s after all three have"
                                + " started, and what they take of a core in the next 10 s. After load: as many `POST"
                                + " /event` as there can be for %d s, and %d reports.",
                        rounds, loads * seconds, REPORTS));
        results.head("", "", "start-up, s", "idle, MiB", "idle, % of a core", "after load, MiB");
        for (Jvm jvm : jvms) {
            measure(jvm, results);
        }
        results.paragraph("Images: " + images() + ".");
    }

    private List<Jvm> jvms() throws Exception {
        List<Jvm> jvms = new ArrayList<>(List.of(Jvm.current()));
        String java = System.getenv("AOT_JAVA");
        if (java != null && !java.isBlank()) {
            String version = Command.find(Command.firstLine(java, "-version"), "\"(\\d+)")
                    .group(1);
            for (Service service : Service.values()) {
                AotCache.make(java, service, redis, store);
            }
            jvms.add(new Jvm("JDK " + version, java, false));
            jvms.add(new Jvm("JDK " + version + " with an AOT cache", java, true));
        }
        return jvms;
    }

    private void measure(Jvm jvm, Results results) throws Exception {
        List<Timings> starts = new ArrayList<>();
        for (Service service : Service.values()) {
            Timings times = new Timings();
            for (int round = 0; round < rounds; round++) {
                try (RunningService running = RunningService.start(service, jvm, redis, store)) {
                    times.add(running.secondsToStart());
                }
            }
            starts.add(times);
            Results.progress(service.words() + ", " + jvm.words() + ": " + times + " s to start");
        }
        try (WholeSystem system = WholeSystem.start(jvm, redis, store, connections)) {
            Thread.sleep(IDLE_MILLIS);
            List<Double> idle = memory(system);
            List<Double> used = processorSeconds(system);
            Thread.sleep(IDLE_MILLIS);
            List<Double> usedThen = processorSeconds(system);
            load(system);
            List<Double> after = memory(system);
            for (Service service : Service.values()) {
                int i = service.ordinal();
                results.row(
                        service.words(),
                        jvm.words(),
                        starts.get(i),
                        Timings.format(idle.get(i)),
                        Timings.format((usedThen.get(i) - used.get(i)) / (IDLE_MILLIS / 1e3) * 100),
                        Timings.format(after.get(i)));
            }
        }
    }

    private void load(WholeSystem system) throws Exception {
        for (int i = 0; i < loads; i++) {
            system.sendAll(seconds);
            system.check();
        }
        for (int i = 0; i < REPORTS; i++) {
            system.service(Service.REPORTING).get("/stats?site_id=site-" + i + "&date=2025-11-12");
        }
    }

    private static List<Double> memory(WholeSystem system) throws Exception {
        List<Double> megabytes = new ArrayList<>();
        for (Service service : Service.values()) {
            megabytes.add(system.service(service).program().residentMegabytes());
        }
        return megabytes;
    }

    private static List<Double> processorSeconds(WholeSystem system) {
        List<Double> used = new ArrayList<>();
        for (Service service : Service.values()) {
            used.add(system.service(service).program().processorSeconds());
        }
        return used;
    }

    /** Returns the sizes of the images that {@code docker compose build} made. */
    private static String images() {
        List<String> sizes = new ArrayList<>();
        for (Service service : Service.values()) {
            String bytes = Command.firstLine(
                    "docker", "image", "inspect", "--format", "{{.Size}}", "web-analytics-" + service.words());
            if (bytes.matches("\\d+")) {
                sizes.add(service.words() + " " + (Long.parseLong(bytes) >> 20) + " MiB");
            }
        }
        return sizes.isEmpty() ? "not measured, there are none" : String.join(", ", sizes);
    }
}
