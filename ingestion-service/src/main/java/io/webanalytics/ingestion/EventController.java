package io.webanalytics.ingestion;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
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

/** {@code POST /event}: read, check, queue, acknowledge. No thread waits while Redis does its part. */
@RestController
@Tag(name = "Events")
class EventController {

    /** Names the event in the response: the {@code _id} that its document will have. */
    static final String EVENT_ID = "Event-Id";

    /** Largest body, in bytes, uncompressed. */
    static final int MAX_BYTES = 64 * 1024;

    private final RequestBodies bodies;
    private final EventParser parser;
    private final AcceptedEvents accepted;
    private final Cuts cuts;
    private final LateAnswers answers;
    private final byte[] acknowledgement;
    private final Clock clock;

    EventController(
            RequestBodies bodies,
            EventParser parser,
            AcceptedEvents accepted,
            Cuts cuts,
            LateAnswers answers,
            JsonMapper json,
            Clock clock) {
        this.bodies = bodies;
        this.parser = parser;
        this.accepted = accepted;
        this.cuts = cuts;
        this.answers = answers;
        this.acknowledgement = json.writeValueAsBytes(new Received("received"));
        this.clock = clock;
    }

    /**
     * The event is taken.
     *
     * @param status always {@code received}
     */
    record Received(String status) {}

    /**
     * Takes an event. It is acknowledged once it is on its way to the store for certain; where that takes too long, within a
     * second, the answer is 503. With an {@code event_id} it is safe to send an event again until it is acknowledged.
     */
    @PostMapping("/event")
    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(ref = EventSchema.REFERENCE))))
    @ApiResponse(
            responseCode = "202",
            description = "The event is taken.",
            headers =
                    @Header(
                            name = EVENT_ID,
                            description = "The id that the event has in the store.",
                            schema = @Schema(type = "string", format = "uuid")),
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Received.class)))
    @ApiResponse(responseCode = "400", description = "The event is not valid, or the request cannot be read.")
    @ApiResponse(responseCode = "413", description = "The body is larger than 64 KiB.")
    @ApiResponse(
            responseCode = "415",
            description = "Not Content-Type: application/json, not UTF-8, or compressed with anything but gzip.")
    @ApiResponse(
            responseCode = "503",
            description =
                    "Redis is away, refuses, is slow, the queue is full, or too much arrives at once. Unless the reason is"
                            + " queue_full or too_busy, the event may have been taken all the same.")
    void receive(HttpServletRequest request, HttpServletResponse response) {
        if (!ContentType.of(request.getContentType()).isJson()) {
            throw ContentType.unsupported("application/json");
        }
        ParsedEvent parsed = bodies.read(request, MAX_BYTES, parser::parse);
        long received = System.nanoTime();
        QueuedEvent queued = QueuedEvent.receive(parsed.event(), clock.instant());
        CompletionStage<Long> pushed = accepted.push(List.of(QueuedEventFormat.encode(queued)), received);
        answers.answer(
                request,
                response,
                pushed,
                Map.of(EVENT_ID, queued.id().toString()),
                () -> {
                    cuts.count(parsed.cut());
                    return acknowledgement;
                },
                () -> acknowledgement);
    }
}
