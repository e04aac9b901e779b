package io.webanalytics.ingestion.event;

import io.webanalytics.ingestion.EventMetrics;
import io.webanalytics.ingestion.EventPaths;
import io.webanalytics.ingestion.SenderLimits;
import io.webanalytics.ingestion.body.RequestBodies;
import io.webanalytics.ingestion.queue.AcceptedEvents;
import io.webanalytics.ingestion.response.AsyncResponses;
import io.webanalytics.model.EventParser;
import io.webanalytics.model.ParsedEvent;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /event}: reads, validates, queues and acknowledges an event. No thread waits for Redis. */
@RestController
class EventController implements EventApi {

    /** The response header with the {@code _id} that the document of the event will have. */
    static final String EVENT_ID = "Event-Id";

    /** Largest body, in bytes, uncompressed. */
    static final int MAX_BYTES = 64 * 1024;

    private final SenderLimits limits;
    private final RequestBodies bodies;
    private final EventParser parser;
    private final AcceptedEvents accepted;
    private final EventMetrics events;
    private final AsyncResponses responses;
    private final byte[] acknowledgement;
    private final Clock clock;

    /**
     * The event is taken.
     *
     * @param status always {@code received}
     */
    record Received(String status) {}

    EventController(
            SenderLimits limits,
            RequestBodies bodies,
            EventParser parser,
            AcceptedEvents accepted,
            EventMetrics events,
            AsyncResponses responses,
            JsonMapper json,
            Clock clock) {
        this.limits = limits;
        this.bodies = bodies;
        this.parser = parser;
        this.accepted = accepted;
        this.events = events;
        this.responses = responses;
        this.acknowledgement = json.writeValueAsBytes(new Received("received"));
        this.clock = clock;
    }

    @Override
    @PostMapping(EventPaths.EVENT)
    public void receive(HttpServletRequest request, HttpServletResponse response) {
        limits.admit(request);
        if (!ContentType.of(request.getContentType()).isJson()) {
            throw ContentType.unsupported("application/json");
        }
        ParsedEvent parsed = bodies.read(request, MAX_BYTES, parser::parse);
        long received = System.nanoTime();
        QueuedEvent queued = QueuedEvent.receive(parsed.event(), clock.instant());
        CompletionStage<Long> pushed = accepted.push(List.of(QueuedEventFormat.encode(queued)), received);
        responses.respond(
                request,
                response,
                pushed,
                Map.of(EVENT_ID, queued.id().toString()),
                () -> {
                    events.countCut(parsed.cut());
                    return acknowledgement;
                },
                () -> acknowledgement);
    }
}
