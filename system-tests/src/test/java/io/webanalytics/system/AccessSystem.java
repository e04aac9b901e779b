package io.webanalytics.system;

import static org.awaitility.Awaitility.await;

import io.webanalytics.testing.TcpProxy;
import io.webanalytics.testing.TestServers;
import java.time.Duration;
import java.util.List;

/**
 * A system with {@code access=keys}, in which two services ingest and two process.
 *
 * @param secondLine from the second ingestion service to Redis
 */
record AccessSystem(
        Analytics analytics,
        TcpProxy secondLine,
        Service secondIngestion,
        Service secondProcessor,
        AccessAdmin admin,
        AccessCallers callers,
        AccessRequests requests)
        implements AutoCloseable {

    /** Starts it, makes the callers, and has figures for the sites that they read. */
    static AccessSystem start() {
        Analytics analytics = new Analytics("--access=keys", "--trusted-proxies=127.0.0.1");
        TcpProxy line = new TcpProxy(TestServers.redis().url());
        Service processor = analytics.launchProcessor();
        Service ingestion = analytics.launch("ingestion-service", "--spring.data.redis.url=" + line.url());
        AccessAdmin admin = new AccessAdmin(analytics.reporting);
        AccessCallers callers = new AccessCallers(admin);
        AccessRequests requests = new AccessRequests(analytics, admin, callers.operator());
        AccessSystem system = new AccessSystem(analytics, line, ingestion, processor, admin, callers, requests);
        List.of(AccessCallers.SITE, AccessCallers.PUBLIC_SITE).forEach(system::store);
        processor.awaitReady();
        ingestion.awaitReady();
        return system;
    }

    private void store(String site) {
        String event = AccessRequests.event(site);
        await("the key")
                .until(() -> callers.operator()
                                .send("POST", analytics.ingestion.url("/event"), event)
                                .statusCode()
                        == 202);
        String stats = analytics.reporting.url("/stats?date=2025-11-12&site_id=" + site);
        await("figures")
                .atMost(Duration.ofSeconds(30))
                .until(() -> callers.operator().get(stats).body().contains("\"total_views\":1,"));
    }

    @Override
    public void close() {
        secondIngestion.close();
        secondProcessor.close();
        secondLine.close();
        analytics.close();
    }
}
