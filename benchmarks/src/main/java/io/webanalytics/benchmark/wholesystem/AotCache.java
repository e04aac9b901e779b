package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Command;
import io.webanalytics.benchmark.Redis;
import io.webanalytics.benchmark.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The ahead-of-time cache of a JDK 25 or newer, made by the standard tools: the jar is extracted, and a training run
 * that ends at once records the classes that it loaded and linked.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514</a>
 */
final class AotCache {

    private static final Path FOLDER = Path.of("benchmarks", "target", "aot");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private AotCache() {}

    static Path jar(Service service) throws IOException {
        return FOLDER.resolve(service.words()).resolve(service.jar().getFileName());
    }

    static Path file(Service service) {
        return FOLDER.resolve(service.words() + ".aot");
    }

    static void make(String java, Service service, Redis redis, Store store) throws IOException, InterruptedException {
        Files.deleteIfExists(file(service));
        Command.output(
                PATIENCE,
                java,
                "-Djarmode=tools",
                "-jar",
                service.jar().toString(),
                "extract",
                "--force",
                "--destination",
                FOLDER.resolve(service.words()).toString());
        Jvm jvm = new Jvm("", java, false);
        try (RunningService run = RunningService.start(
                service,
                arguments -> jvm.start(jar(service), "-XX:AOTCacheOutput=" + file(service), arguments),
                redis,
                store)) {
            run.get("/openapi.json");
            run.program().stop(PATIENCE); // the run writes the cache at its end
        }
        if (Files.notExists(file(service))) {
            throw new IllegalStateException(java + " made no cache for " + service.words());
        }
    }
}
