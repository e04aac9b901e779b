package io.webanalytics.processor.batch;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.model.Outage;
import io.webanalytics.processor.ProcessorProperties;
import io.webanalytics.service.mongo.MongoSupport;
import io.webanalytics.store.EventStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.MongoDatabaseFactory;

@Configuration(proxyBeanMethods = false)
@Import(MongoSupport.class)
class StoreConfiguration {

    /** By how much the driver waits longer than MongoDB, so that MongoDB reports a write concern that is not met in time. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** A write is acknowledged once a majority has it in its journal. */
    @Bean
    MongoClientSettingsBuilderCustomizer durableWrites(ProcessorProperties properties) {
        WriteConcern durable = WriteConcern.MAJORITY
                .withJournal(true)
                .withWTimeout(properties.mongoTimeout().toMillis(), TimeUnit.MILLISECONDS);
        return settings -> MongoSupport.limitWaits(
                        settings, properties.mongoTimeout().plus(GRACE))
                .writeConcern(durable);
    }

    @Bean
    MongoDatabase database(MongoDatabaseFactory mongo) {
        return mongo.getMongoDatabase();
    }

    @Bean
    EventStore eventStore(MongoDatabase database) {
        return new EventStore(database);
    }

    /** Rollups have an outage of their own: MongoDB may work for one and not for the other. */
    @Bean
    Outage eventsOutage() {
        return new Outage("MongoDB (events)");
    }
}
