package io.webanalytics.processor.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.webanalytics.processor.FailingMongo;
import io.webanalytics.processor.ProcessorFixture;
import io.webanalytics.service.access.AccessTable;
import io.webanalytics.testing.Endpoints;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;

class AccessConfigurationTests {

    @Test
    void everyEndpointHasARule() {
        try (FailingMongo mongo = new FailingMongo();
                ProcessorFixture fixture = new ProcessorFixture()) {
            fixture.startProcessor(mongo.url() + "/analytics");
            ApplicationContext context = fixture.processors.get(0);
            AccessTable table = context.getBean(AccessTable.class);

            assertThat(Endpoints.of(context))
                    .hasSizeGreaterThan(10)
                    .filteredOn(endpoint -> table.rules().stream()
                            .noneMatch(rule -> rule.matcher()
                                    .matches(new MockHttpServletRequest(endpoint.method(), endpoint.path()))))
                    .isEmpty();
        }
    }
}
