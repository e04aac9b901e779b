package io.webanalytics.reporting.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.service.access.AccessTable;
import io.webanalytics.testing.Endpoints;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=service-defaults,reporting-service,application",
            "spring.mongodb.uri=mongodb://127.0.0.1:1/nowhere"
        })
class AccessConfigurationTests {

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
