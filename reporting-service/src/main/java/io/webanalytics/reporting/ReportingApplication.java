package io.webanalytics.reporting;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The reporting service. Its defaults are in {@code reporting-service.yml}. */
@SpringBootApplication(
        proxyBeanMethods = false,
        exclude = {
            ErrorMvcAutoConfiguration.class, // see ProblemValve
            UserDetailsServiceAutoConfiguration.class // see service.access
        })
@EnableConfigurationProperties(ReportingProperties.class)
@OpenAPIDefinition(info = @Info(title = "Web Analytics: reporting", description = "Reports on the events of a site."))
public class ReportingApplication {

    public static void main(String[] args) {
        application().run(args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Returns the service, ready to run. Several services can share a JVM, since each reads its own configuration file. */
    public static SpringApplication application() {
        return new SpringApplicationBuilder(ReportingApplication.class)
                .properties("spring.config.name=service-defaults,reporting-service,application")
                .build();
    }
}
