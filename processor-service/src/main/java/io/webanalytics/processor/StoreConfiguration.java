package io.webanalytics.processor;

import com.mongodb.WriteConcern;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** The connection to MongoDB, with Spring Boot's settings ({@code spring.mongodb.*}) and none that waits for ever. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final int CONNECT_SECONDS = 2;

    @Bean
    MongoClientSettingsBuilderCustomizer mongoTimeouts(ProcessorProperties properties) {
        long millis = properties.mongoTimeout().toMillis();
        return settings -> settings.applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(CONNECT_SECONDS, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                        .readTimeout((int) millis, TimeUnit.MILLISECONDS))
                .writeConcern(WriteConcern.MAJORITY.withJournal(true).withWTimeout(millis, TimeUnit.MILLISECONDS));
    }

    @Bean
    EventStore eventStore(MongoDatabaseFactory mongo) {
        return new EventStore(mongo.getMongoDatabase());
    }

    /** Takes the place of Spring Boot's own, which asks with a command that not every server knows, and may wait long. */
    @Bean
    HealthIndicator mongoHealthIndicator(MongoDatabaseFactory mongo) {
        return () -> {
            try {
                mongo.getMongoDatabase().withTimeout(1, TimeUnit.SECONDS).runCommand(new Document("ping", 1));
                return Health.up().build();
            } catch (RuntimeException e) {
                return Health.down()
                        .withDetail("error", String.valueOf(e.getMessage()))
                        .build();
            }
        };
    }
}
