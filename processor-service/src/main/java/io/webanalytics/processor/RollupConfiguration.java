package io.webanalytics.processor;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.model.Outage;
import io.webanalytics.rollup.BucketHeads;
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
    BucketHeads bucketHeads(MongoDatabase database) {
        return new BucketHeads(database);
    }

    @Bean
    RollupMarks rollupMarks(BucketHeads heads, ServerClock clock, Outage mongoOutage) {
        return new RollupMarks(new Marks(heads, clock), mongoOutage);
    }

    @Bean
    RollupBuilder rollupBuilder(MongoDatabase database, ServerClock clock, ProcessorProperties properties) {
        return new RollupBuilder(database, clock, properties.rollupQuiet());
    }

    @Bean
    Patrol patrol(MongoDatabase database, ServerClock clock, ProcessorProperties properties) {
        return new Patrol(database, clock, properties.rollupQuiet());
    }

    @Bean
    Rebuilder rebuilder(MongoDatabase database) {
        return new Rebuilder(database);
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
