package io.webanalytics.benchmark.ingestion;

import io.webanalytics.ingestion.IngestionApplication;
import io.webanalytics.model.EventParser;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The ingestion service with one more endpoint, which reads, checks and encodes an event, and answers without queueing it. */
public final class IngestionWithoutQueue {

    private IngestionWithoutQueue() {}

    public static void main(String[] args) {
        SpringApplication application = IngestionApplication.application();
        application.addPrimarySources(Set.of(Validation.class));
        application.run(args);
    }

    @RestController
    static final class Validation {

        static final String PATH = "/validated";

        private final EventParser parser;

        Validation(EventParser parser) {
            this.parser = parser;
        }

        @PostMapping(PATH)
        ResponseEntity<Map<String, String>> validate(@RequestBody byte[] body) {
            QueuedEvent queued = QueuedEvent.receive(parser.parse(body).event(), Instant.now());
            return ResponseEntity.status(
                            QueuedEventFormat.encode(queued).length > 0 ? HttpStatus.ACCEPTED : HttpStatus.OK)
                    .header("Event-Id", queued.id().toString())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of("status", "received"));
        }
    }
}
