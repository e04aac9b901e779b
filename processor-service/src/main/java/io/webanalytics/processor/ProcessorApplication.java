package io.webanalytics.processor;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/** The processor service. Its defaults are in {@code processor-service.yml}. */
@SpringBootApplication(
        proxyBeanMethods = false,
        exclude = {
            ErrorMvcAutoConfiguration.class, // see ProblemValve
            UserDetailsServiceAutoConfiguration.class // see service.access
        })
@EnableConfigurationProperties(ProcessorProperties.class)
@OpenAPIDefinition(
        info = @Info(title = "Web Analytics: processor", description = "What operators of the system see and do."))
public class ProcessorApplication {

    public static void main(String[] args) {
        application().run(args);
    }

    /** Returns the service, ready to run. Several services can share a JVM: each reads a configuration file of its own. */
    public static SpringApplication application() {
        return new SpringApplicationBuilder(ProcessorApplication.class)
                .properties("spring.config.name=service-defaults,processor-service,application")
                .build();
    }
}
