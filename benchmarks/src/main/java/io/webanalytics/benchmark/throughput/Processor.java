package io.webanalytics.benchmark.throughput;

import io.webanalytics.processor.ProcessorApplication;
import io.webanalytics.processor.ProcessorWithoutRollups;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A processor service in a process of its own, with its default settings. */
final class Processor implements AutoCloseable {

    private static final File LOG =
            Path.of("benchmarks", "target", "processor.log").toFile();
    private static final int STOP_SECONDS = 40;

    private final Process process;

    Processor(boolean marks, String redisUrl, String mongoUri) throws IOException {
        Class<?> main = marks ? ProcessorApplication.class : ProcessorWithoutRollups.class;
        process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx512m",
                        "-Dloader.main=" + main.getName(),
                        "-cp",
                        System.getProperty("java.class.path"), // the one runnable jar
                        "org.springframework.boot.loader.launch.PropertiesLauncher",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.data.redis.url=" + redisUrl,
                        "--spring.mongodb.uri=" + mongoUri))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG))
                .start();
    }

    void mustRun() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The processor ended, see " + LOG);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
