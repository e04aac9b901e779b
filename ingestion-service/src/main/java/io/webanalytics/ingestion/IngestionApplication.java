package io.webanalytics.ingestion;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.webanalytics.model.EventParser;
import io.webanalytics.service.access.Guard;
import io.webanalytics.sites.Permission;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The ingestion service. Its defaults are in {@code ingestion-service.yml}. */
@SpringBootApplication(
        proxyBeanMethods = false,
        exclude = {
            ErrorMvcAutoConfiguration.class, // see ProblemValve
            UserDetailsServiceAutoConfiguration.class, // see service.access
            WebMvcObservationAutoConfiguration.class // see RequestTimes
        })
@EnableConfigurationProperties(IngestionProperties.class)
@OpenAPIDefinition(info = @Info(title = "Web Analytics: ingestion", description = "Takes the events of sites."))
public class IngestionApplication {

    public static void main(String[] args) {
        application().run(args);
    }

    /** Returns the service, ready to run. Several services can share a JVM, since each reads its own configuration file. */
    public static SpringApplication application() {
        return new SpringApplicationBuilder(IngestionApplication.class)
                .properties("spring.config.name=service-defaults,ingestion-service,application")
                .build();
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    EventParser eventParser(IngestionProperties properties, Clock clock, Guard guard) {
        return new EventParser(clock, properties.maxFuture(), siteId -> guard.allows(Permission.WRITE, siteId));
    }
}
