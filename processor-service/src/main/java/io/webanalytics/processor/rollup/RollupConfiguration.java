package io.webanalytics.processor.rollup;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.model.Outage;
import io.webanalytics.processor.ProcessorProperties;
import io.webanalytics.rollup.DirtyHours;
import io.webanalytics.rollup.QueueSnapshots;
import io.webanalytics.rollup.build.Marks;
import io.webanalytics.rollup.build.Patrol;
import io.webanalytics.rollup.build.Rebuilder;
import io.webanalytics.rollup.build.RollupBuilder;
import io.webanalytics.rollup.build.ServerClock;
import io.webanalytics.rollup.build.Verifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RollupConfiguration {

    @Bean
    ServerClock serverClock(MongoDatabase database) {
        return new ServerClock(database);
    }

    @Bean
    DirtyHours dirtyHours(MongoDatabase database) {
        return new DirtyHours(database);
    }

    @Bean
    Outage rollupsOutage() {
        return new Outage("MongoDB (rollups)");
    }

    @Bean
    RollupMarks rollupMarks(DirtyHours dirty, ServerClock clock, Outage rollupsOutage) {
        return new RollupMarks(new Marks(dirty, clock)::mark, rollupsOutage);
    }

    @Bean
    RollupBuilder rollupBuilder(
            MongoDatabase database, DirtyHours dirty, ServerClock clock, ProcessorProperties properties) {
        return new RollupBuilder(database, dirty, clock, properties.rollupQuiet());
    }

    @Bean
    Patrol patrol(MongoDatabase database, DirtyHours dirty, ServerClock clock, ProcessorProperties properties) {
        return new Patrol(database, dirty, clock, properties.rollupQuiet());
    }

    @Bean
    Rebuilder rebuilder(MongoDatabase database, DirtyHours dirty) {
        return new Rebuilder(database, dirty);
    }

    @Bean
    Verifier verifier(MongoDatabase database) {
        return new Verifier(database);
    }

    @Bean
    QueueSnapshots queueSnapshots(MongoDatabase database) {
        return new QueueSnapshots(database);
    }
}
