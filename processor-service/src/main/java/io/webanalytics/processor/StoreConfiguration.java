package io.webanalytics.processor;

import com.mongodb.WriteConcern;
import io.webanalytics.service.MongoConnection;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.MongoDatabaseFactory;

@Configuration(proxyBeanMethods = false)
@Import(MongoConnection.class)
class StoreConfiguration {

    /** A write is acknowledged once a majority has it in its journal. */
    @Bean
    MongoClientSettingsBuilderCustomizer durableWrites(ProcessorProperties properties) {
        WriteConcern durable = WriteConcern.MAJORITY
                .withJournal(true)
                .withWTimeout(properties.mongoTimeout().toMillis(), TimeUnit.MILLISECONDS);
        return settings ->
                MongoConnection.limitWaits(settings, properties.mongoTimeout()).writeConcern(durable);
    }

    @Bean
    EventStore eventStore(MongoDatabaseFactory mongo) {
        return new EventStore(mongo.getMongoDatabase());
    }
}
