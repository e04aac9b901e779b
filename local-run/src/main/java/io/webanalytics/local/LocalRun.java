package io.webanalytics.local;

import io.webanalytics.embedded.EmbeddedMongo;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.ingestion.IngestionApplication;
import io.webanalytics.processor.ProcessorApplication;
import io.webanalytics.reporting.ReportingApplication;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the embedded servers and the three services, prints where they listen, and stops them in reverse order. */
public final class LocalRun implements AutoCloseable {

    static final int INGESTION_PORT = 3001;
    static final int REPORTING_PORT = 3002;
    static final int PROCESSOR_PORT = 3003;

    /** Excludes what a service has on its class path only here, and does not use. */
    private static final String WITHOUT_REDIS =
            "--spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration,"
                    + "org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration";

    private static final String WITHOUT_MONGO =
            "--spring.autoconfigure.exclude=org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration,"
                    + "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration";

    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    public static void main(String[] args) {
        LocalRun run = new LocalRun();
        try {
            Options options = Options.parse(args);
            Ports.requireFree(INGESTION_PORT, REPORTING_PORT, PROCESSOR_PORT);
            Runtime.getRuntime().addShutdownHook(new Thread(run::close, "local-run-stop"));
            run.start(options);
        } catch (CannotStartException e) {
            System.err.println("Cannot start: " + e.getMessage());
            System.exit(1);
        } catch (RuntimeException e) {
            System.err.println("Cannot start: " + e); // a service has logged why
            System.exit(1);
        }
    }

    /** Holds the lock that {@link #close} takes, so that a Ctrl-C meanwhile stops all that was started. */
    private synchronized void start(Options options) {
        LoggingSystem.get(LocalRun.class.getClassLoader()).setLogLevel("de.bwaldvogel.mongo", LogLevel.ERROR);
        Path data = options.lockDataDir(running);
        EmbeddedRedis redis = started(EmbeddedRedis.start(data));
        EmbeddedMongo mongo = started(EmbeddedMongo.start(data));
        String redisUrl = "--spring.data.redis.url=" + redis.url();
        String mongoUri = "--spring.mongodb.uri=" + mongo.url() + "/analytics";
        run(ProcessorApplication.application(), PROCESSOR_PORT, redisUrl, mongoUri);
        String access = run(ReportingApplication.application(), REPORTING_PORT, mongoUri, WITHOUT_REDIS)
                .getEnvironment()
                .getRequiredProperty("access");
        run(IngestionApplication.application(), INGESTION_PORT, redisUrl, WITHOUT_MONGO);
        System.out.println(Greeting.text(access, redis.url(), mongo.url(), data));
    }

    private ConfigurableApplicationContext run(SpringApplication application, int port, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--server.port=" + port);
        arguments.add("--server.address=127.0.0.1");
        arguments.add("--logging.level.root=warn");
        arguments.add("--logging.level.de.bwaldvogel.mongo=error"); // it warns that it has no compound indexes
        application.setRegisterShutdownHook(false);
        return started(application.run(arguments.toArray(String[]::new)));
    }

    private <T extends AutoCloseable> T started(T part) {
        running.push(part);
        return part;
    }

    /** Stops what was started last first. */
    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("Did not stop cleanly: " + e);
            }
        }
    }
}
