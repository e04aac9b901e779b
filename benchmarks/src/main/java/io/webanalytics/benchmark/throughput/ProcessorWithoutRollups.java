package io.webanalytics.benchmark.throughput;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.model.Outage;
import io.webanalytics.processor.ProcessorApplication;
import io.webanalytics.processor.rollup.RollupMarks;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.rollup.build.Patrol;
import io.webanalytics.rollup.build.ServerClock;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** The processor service, except that it marks no hours, and so has no rollups to build. */
public final class ProcessorWithoutRollups {

    private ProcessorWithoutRollups() {}

    public static void main(String[] args) {
        SpringApplication application = ProcessorApplication.application();
        application.addPrimarySources(Set.of(Replacements.class));
        application.run(args);
    }

    static final class Replacements {

        @Bean
        @Primary
        RollupMarks noMarks() {
            return new RollupMarks(hours -> {}, new Outage("nothing"));
        }

        /** The patrol would find the unmarked days, so it checks another database. */
        @Bean
        @Primary
        Patrol idlePatrol(MongoDatabaseFactory mongo, ServerClock clock) {
            MongoDatabase empty = mongo.getMongoDatabase("bench-processor-nothing");
            return new Patrol(empty, new DirtyHours(empty), clock, Duration.ofMinutes(1));
        }
    }
}
