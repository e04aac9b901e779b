package io.webanalytics.benchmark.wholesystem;

import io.webanalytics.benchmark.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The JVM that runs the services.
 *
 * @param words its name in the table
 * @param java the JVM's executable
 * @param cached whether it runs the extracted jar with its ahead-of-time cache, see {@link AotCache}
 */
record Jvm(String words, String java, boolean cached) {

    private static final String HEAP = "-Xmx256m";

    /** Returns the JVM that runs the benchmark. */
    static Jvm current() {
        String java = ProcessHandle.current().info().command().orElse("java");
        return new Jvm("JDK " + Runtime.version().feature(), java, false);
    }

    Program start(Service service, String... arguments) throws IOException {
        return cached
                ? start(AotCache.jar(service), "-XX:AOTCache=" + AotCache.file(service), arguments)
                : start(service.jar(), "-XX:+ExitOnOutOfMemoryError", arguments);
    }

    /** Starts a jar with one more option. */
    Program start(Path jar, String option, String... arguments) throws IOException {
        return Program.jar(java, List.of(HEAP, option), jar, arguments);
    }
}
