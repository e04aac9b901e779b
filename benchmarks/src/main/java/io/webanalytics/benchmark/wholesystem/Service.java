package io.webanalytics.benchmark.wholesystem;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

enum Service {
    INGESTION,
    PROCESSOR,
    REPORTING;

    /** Returns the name of its module and of its image. */
    String words() {
        return name().toLowerCase(Locale.ROOT) + "-service";
    }

    /** Returns the runnable jar that the build of its module made. */
    Path jar() throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(words(), "target"), "*-exec.jar")) {
            return jars.iterator().next();
        }
    }
}
