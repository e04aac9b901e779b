package io.webanalytics.service.api;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.webanalytics.service.access.AccessTable;
import org.springdoc.core.configuration.SpringDocJavadocConfiguration;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.JavadocProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The parts of OpenAPI that all services share. Its paths are in {@code service-defaults.yml}. */
@AutoConfiguration(before = SpringDocJavadocConfiguration.class)
class ApiDescriptionAutoConfiguration {

    private static final String VERSION = "1";

    /** Names the server by a relative URL: it is the host that the document comes from. */
    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .addServersItem(new Server().url("/"))
                .components(new Components().addSecuritySchemes("key", key()));
    }

    private static SecurityScheme key() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("wa_<prefix>_<secret>")
                .description("A key. Where access is open, only what hands out access needs one.");
    }

    @Bean
    JavadocWords javadocWords() {
        return new JavadocWords();
    }

    @Bean
    RecordSchemas recordSchemas(JavadocProvider javadoc) {
        return new RecordSchemas(javadoc);
    }

    @Bean
    CommonResponses commonResponses(Environment environment, AccessTable table) {
        return new CommonResponses(new Examples(environment.getRequiredProperty("spring.application.name")), table);
    }

    @Bean
    OpenApiCustomizer problemSchema() {
        return api -> {
            api.getInfo()
                    .version(VERSION)
                    .license(new License().name("Apache License 2.0").identifier("Apache-2.0"));
            ModelConverters.getInstance(true)
                    .readAll(Problem.class)
                    .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
        };
    }
}
