package io.webanalytics.ingestion;

/** Events as senders write them. */
final class Events {

    static final String SEED = """
            {
              "site_id": "site-abc-123",
              "event_type": "page_view",
              "path": "/pricing",
              "user_id": "user-xyz-789",
              "timestamp": "2025-11-12T19:30:01Z"
            }""";

    private Events() {}
}
