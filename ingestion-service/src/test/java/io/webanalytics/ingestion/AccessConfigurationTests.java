package io.webanalytics.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.service.access.AccessTable;
import io.webanalytics.testing.Endpoints;
import io.webanalytics.testing.TestServers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=service-defaults,ingestion-service,application")
class AccessConfigurationTests {

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.data.redis.url", TestServers.redis()::url);
    }

    @Test
    void everyEndpointHasARule(@Autowired ApplicationContext context, @Autowired AccessTable table) {
        assertThat(Endpoints.of(context))
                .hasSizeGreaterThan(10)
                .filteredOn(endpoint -> table.rules().stream()
                        .noneMatch(rule ->
                                rule.matcher().matches(new MockHttpServletRequest(endpoint.method(), endpoint.path()))))
                .isEmpty();
    }
}
