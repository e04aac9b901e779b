package io.webanalytics.ingestion;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.webanalytics.model.EventBatch;
import io.webanalytics.model.EventParser;
import io.webanalytics.model.FieldError;
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

/** {@code POST /events}: many events in one request, each with a verdict of its own, queued in one step. */
@RestController
@Tag(name = "Events")
class EventBatchController {

    /** Largest body, in bytes, uncompressed. */
    static final int MAX_BYTES = 1 << 20;

    /** Most bytes of all bodies that are being parsed: what comes of them takes several times as much memory. */
    private static final int MOST_BEING_PARSED = 8 << 20;

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Semaphore beingParsed = new Semaphore(MOST_BEING_PARSED);
    private final RequestBodies bodies;
    private final EventParser parser;
    private final AcceptedEvents accepted;
    private final Rejections rejections;
    private final Cuts cuts;
    private final LateAnswers answers;
    private final JsonMapper json;
    private final Clock clock;

    EventBatchController(
            RequestBodies bodies,
            EventParser parser,
            AcceptedEvents accepted,
            Rejections rejections,
            Cuts cuts,
            LateAnswers answers,
            JsonMapper json,
            Clock clock) {
        this.bodies = bodies;
        this.parser = parser;
        this.accepted = accepted;
        this.rejections = rejections;
        this.cuts = cuts;
        this.answers = answers;
        this.json = json;
        this.clock = clock;
    }

    /**
     * The verdict on a batch.
     *
     * @param received how many events are taken
     * @param rejected how many are not valid, and not taken
     * @param errors what is wrong with each of these; empty where more answers wait to be read than there is memory for
     */
    record BatchReceived(int received, int rejected, List<Rejected> errors) {

        static BatchReceived of(EventBatch batch) {
            return new BatchReceived(
                    batch.events().size(),
                    batch.rejected().size(),
                    batch.rejected().stream().map(Rejected::of).toList());
        }

        BatchReceived withoutErrors() {
            return new BatchReceived(received, rejected, List.of());
        }
    }

    /**
     * An event that is not valid.
     *
     * @param index where it stands in the batch, from 0
     * @param errors which fields are at fault, and why
     */
    record Rejected(int index, List<FieldError> errors) {

        static Rejected of(EventBatch.Rejected rejected) {
            return new Rejected(rejected.index(), rejected.errors());
        }
    }

    /**
     * Takes up to 1,000 events, as a JSON array or as NDJSON, an event a line. Those that are valid are taken, all together or,
     * where the answer is not 202, none; the answer says which are not and why. An array that cannot be read to its end is
     * refused whole; of NDJSON only the line.
     */
    @PostMapping("/events")
    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/json",
                                        array = @ArraySchema(schema = @Schema(ref = EventSchema.REFERENCE))),
                                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string"))
                            }))
    @ApiResponse(
            responseCode = "202",
            description = "The valid events are taken.",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = BatchReceived.class)))
    @ApiResponse(responseCode = "400", description = "The body is not a JSON array, or the request cannot be read.")
    @ApiResponse(responseCode = "413", description = "The body is larger than 1 MiB, or holds more than 1,000 events.")
    @ApiResponse(
            responseCode = "415",
            description =
                    "Neither Content-Type: application/json nor application/x-ndjson (or another of its names), not"
                            + " UTF-8, or compressed with anything but gzip.")
    @ApiResponse(
            responseCode = "503",
            description =
                    "Redis is away, refuses, is slow, the queue is full, or too much arrives at once. Unless the reason is"
                            + " queue_full or too_busy, the valid events may have been taken all the same.")
    void receiveBatch(HttpServletRequest request, HttpServletResponse response) {
        EventBatch batch = read(request);
        List<EventBatch.Rejected> rejected = batch.rejected();
        List<String> cut = batch.cut();
        BatchReceived verdict = BatchReceived.of(batch); // the events themselves need not wait for Redis
        answers.answer(
                request,
                response,
                push(batch),
                Map.of(),
                () -> {
                    rejected.forEach(event -> rejections.count(event.reason(), 1));
                    cuts.count(cut);
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
