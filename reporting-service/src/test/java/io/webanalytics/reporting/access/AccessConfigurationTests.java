package io.webanalytics.reporting.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.service.access.AccessTable;
import io.webanalytics.service.access.Guard;
import io.webanalytics.store.sites.AccountStore;
import io.webanalytics.store.sites.KeyStore;
import io.webanalytics.store.sites.LoginStore;
import io.webanalytics.store.sites.SiteStore;
import io.webanalytics.testing.Endpoints;
import io.webanalytics.testing.LogLines;
import io.webanalytics.testing.TestServers;
import java.time.Clock;
import java.util.UUID;
import org.bson.Document;
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

    @Test
    void theFirstOwnerIsMadeAsSoonAsAccountsCanBeRead(@Autowired Passwords passwords, @Autowired Guard guard) {
        long threads = threadsOfFirstOwners();
        try (MongoClient client = MongoClients.create(TestServers.mongo().url());
                LogLines log = new LogLines()) {
            MongoDatabase database = client.getDatabase("first-owner-" + UUID.randomUUID());
            database.getCollection("accounts").insertOne(new Document("_id", "unreadable"));
            AccountStore accounts = new AccountStore(database);
            FirstOwner firstOwner = new FirstOwner(
                    accounts,
                    new SiteStore(database),
                    new KeyStore(database),
                    new LoginStore(database),
                    passwords,
                    guard,
                    Clock.systemUTC(),
                    "the first password");

            firstOwner.start();
            await("a warning")
                    .until(() -> log.warnings().toString(), containsString("(first owner) fails: java.lang.Null"));
            accounts.remove("unreadable");
            await("the account").until(() -> accounts.find(FirstOwner.NAME) != null);
            await("the end of its thread").until(() -> threadsOfFirstOwners() == threads);
            database.drop();
        }
    }

    private static long threadsOfFirstOwners() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("first-owner"))
                .count();
    }
}
