package io.webanalytics.benchmark.throughput;

import io.webanalytics.benchmark.Program;
import io.webanalytics.processor.ProcessorApplication;
import java.io.IOException;
import java.util.List;

/** A processor service with its default settings. */
final class Processor {

    private Processor() {}

    static Program start(boolean marks, String redisUrl, String mongoUri) throws IOException {
        return Program.java(
                marks ? ProcessorApplication.class : ProcessorWithoutRollups.class,
                List.of("-Xmx256m"),
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.data.redis.url=" + redisUrl,
                "--spring.mongodb.uri=" + mongoUri);
    }
}
