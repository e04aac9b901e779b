package io.webanalytics.service.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import io.webanalytics.service.InvalidSettingException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** For a service that uses the store: a client with Spring Boot's settings ({@code spring.mongodb.*}), and health. */
@Configuration(proxyBeanMethods = false)
public class MongoSupport {

    private static final String URI = "spring.mongodb.uri";
    private static final int CONNECT_SECONDS = 2;

    /**
     * Limits every wait of a client: 2 s to select a server, 2 s to connect, 2 s for a pooled connection, and a time
     * for the reply.
     */
    public static MongoClientSettings.Builder limitWaits(MongoClientSettings.Builder settings, Duration answer) {
        return settings.applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(CONNECT_SECONDS, TimeUnit.SECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(CONNECT_SECONDS, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                        .readTimeout((int) answer.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Refuses an invalid URI before any bean uses it. */
    @Bean
    static BeanFactoryPostProcessor mongoUriCheck(Environment environment) {
        return beans -> {
            try {
                if (new ConnectionString(environment.getRequiredProperty(URI)).getDatabase() == null) {
                    throw new InvalidSettingException(
                            URI, "must name the database, as in mongodb://localhost:27017/analytics");
                }
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(URI, String.valueOf(e.getMessage()));
            }
        };
    }

    /** Replaces Spring Boot's indicator, which sends a command that not every server knows, and may wait long. */
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
