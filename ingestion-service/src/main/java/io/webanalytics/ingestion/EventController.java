package io.webanalytics.ingestion;

import io.webanalytics.model.Event;
import io.webanalytics.model.EventParser;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /event}: read, check, queue, acknowledge. No thread waits while Redis does its part. */
@RestController
class EventController {

    /** Names the event in the response: the {@code _id} that its document will have. */
    static final String EVENT_ID = "Event-Id";

    private static final Received RECEIVED = new Received("received");

    private final EventParser parser;
    private final AcceptedEvents accepted;
    private final Clock clock;

    EventController(IngestionProperties properties, AcceptedEvents accepted, Clock clock) {
        this.parser = new EventParser(clock, properties.maxFuture());
        this.accepted = accepted;
        this.clock = clock;
    }

    record Received(String status) {}

    @PostMapping("/event")
    CompletionStage<ResponseEntity<Received>> receive(HttpServletRequest request) {
        byte[] body = RequestBody.read(request);
        Event event = parser.parse(body);
        long received = System.nanoTime();
        QueuedEvent queued = QueuedEvent.receive(event, clock.instant());
        return accepted.push(List.of(QueuedEventFormat.encode(queued)), received)
                .thenApply(length -> ResponseEntity.status(HttpStatus.ACCEPTED)
                        .header(EVENT_ID, queued.id().toString())
                        .contentType(MediaType.APPLICATION_JSON) // whatever the sender would rather accept
                        .body(RECEIVED));
    }
}
