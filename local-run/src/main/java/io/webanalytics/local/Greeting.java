package io.webanalytics.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a newcomer reads once everything runs. */
final class Greeting {

    private Greeting() {}

    static String text(String access, String redisUrl, String mongoUrl, @Nullable Path data) {
        return """

               Web Analytics is running. Stop it with Ctrl-C.

                 ingestion-service   http://localhost:%d   POST /event, /docs
                 reporting-service   http://localhost:%d   GET /stats, /docs
                 processor-service   http://localhost:%d   GET /ledger, /docs, /actuator/health, /actuator/prometheus
                 access              %s (docs/SECURITY.md)
                 Redis               %s
                 MongoDB-compatible  %s
                 data                %s

               Try it:

                 curl -X POST http://localhost:%d/event \\
                 -H "Content-Type: application/json" \\
                 -d '{
                   "site_id": "site-abc-123",
                   "event_type": "page_view",
                   "path": "/pricing",
                   "user_id": "user-xyz-789",
                   "timestamp": "2025-11-12T19:30:01Z"
                 }'

                 curl "http://localhost:%d/stats?site_id=site-abc-123&date=2025-11-12"
               """.formatted(
                        LocalRun.INGESTION_PORT,
                        LocalRun.REPORTING_PORT,
                        LocalRun.PROCESSOR_PORT,
                        access.equals("open") ? "open, to this machine only; ACCESS=keys closes it" : access,
                        redisUrl,
                        mongoUrl,
                        data == null ? "in memory, gone when it stops (--data-dir=FOLDER keeps it)" : data,
                        LocalRun.INGESTION_PORT,
                        LocalRun.REPORTING_PORT);
    }
}
