package io.webanalytics.queue;

import io.webanalytics.model.Event;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import java.time.Instant;

/** Elements as the ingestion service writes them. */
final class TestEvents {

    private TestEvents() {}

    /** An event of its own, received then. */
    static byte[] receivedAt(Instant receipt) {
        Event event = new Event("site", "page_view", "/\"received_at\":1", "u", receipt, null);
        return QueuedEventFormat.encode(QueuedEvent.receive(event, receipt));
    }
}
