package io.webanalytics.ingestion.event;

import io.webanalytics.ingestion.EventMetrics;
import io.webanalytics.ingestion.EventPaths;
import io.webanalytics.ingestion.SenderLimits;
import io.webanalytics.ingestion.body.RequestBodies;
import io.webanalytics.ingestion.body.TooBusyException;
import io.webanalytics.ingestion.queue.AcceptedEvents;
import io.webanalytics.ingestion.response.AsyncResponses;
import io.webanalytics.model.EventBatch;
import io.webanalytics.model.EventParser;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /events}: validates each event of a request on its own, and queues the valid ones in one step. */
@RestController
class EventBatchController implements EventBatchApi {

    /** Largest body, in bytes, uncompressed. */
    static final int MAX_BYTES = 1 << 20;

    /** The most bytes of all bodies that are being parsed. The parsed events take several times as much memory. */
    private static final int MOST_BEING_PARSED = 8 << 20;

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Semaphore beingParsed = new Semaphore(MOST_BEING_PARSED);
    private final SenderLimits limits;
    private final RequestBodies bodies;
    private final EventParser parser;
    private final AcceptedEvents accepted;
    private final EventMetrics events;
    private final AsyncResponses responses;
    private final JsonMapper json;
    private final Clock clock;

    EventBatchController(
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
        this.json = json;
        this.clock = clock;
    }

    @Override
    @PostMapping(EventPaths.EVENTS)
    public void receiveBatch(HttpServletRequest request, HttpServletResponse response) {
        limits.admit(request);
        EventBatch batch = read(request);
        limits.charge(request, batch.events().size() + batch.rejected().size());
        List<EventBatch.RejectedEvent> rejected = batch.rejected();
        List<String> cut = batch.cut();
        BatchReceived verdict = BatchReceived.of(batch); // made now, to free the events while Redis works
        responses.respond(
                request,
                response,
                push(batch),
                Map.of(),
                () -> {
                    rejected.forEach(event -> events.countRejected(event.reason(), 1));
                    events.countCut(cut);
                    return json.writeValueAsBytes(verdict);
                },
                () -> json.writeValueAsBytes(verdict.withoutErrors()));
    }

    private EventBatch read(HttpServletRequest request) {
        ContentType type = ContentType.of(request.getContentType());
        if (!type.isLines() && !type.isJson()) {
            throw ContentType.unsupported("application/json or application/x-ndjson");
        }
        return bodies.read(request, MAX_BYTES, body -> parse(body, type.isLines()));
    }

    private EventBatch parse(byte[] body, boolean lines) {
        awaitTurn(body.length);
        try {
            return lines ? parser.parseLines(body) : parser.parseArray(body);
        } finally {
            beingParsed.release(body.length);
        }
    }

    private void awaitTurn(int bytes) {
        try {
            if (beingParsed.tryAcquire(bytes, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service stops
        }
        throw new TooBusyException();
    }

    private CompletionStage<Long> push(EventBatch batch) {
        if (batch.events().isEmpty()) {
            return CompletableFuture.completedStage(0L);
        }
        long received = System.nanoTime();
        Instant now = clock.instant();
        List<byte[]> elements = batch.events().stream()
                .map(event -> QueuedEventFormat.encode(QueuedEvent.receive(event, now)))
                .toList();
        return accepted.push(elements, received);
    }
}
