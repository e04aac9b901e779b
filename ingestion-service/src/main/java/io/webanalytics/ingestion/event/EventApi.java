package io.webanalytics.ingestion.event;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Describes {@code POST /event} for the OpenAPI document. */
@Tag(name = "Events")
interface EventApi {

    /**
     * Takes an event. It is acknowledged once it is durably queued; if that takes too long, the response is 503, within
     * a second. An event with an {@code event_id} is safe to send again until it is acknowledged.
     */
    @Operation(
            requestBody =
                    @RequestBody(
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
                            name = EventController.EVENT_ID,
                            description = "The id that the event has in the store.",
                            schema = @Schema(type = "string", format = "uuid")),
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = EventController.Received.class)))
    @ApiResponse(responseCode = "400", description = "The event is not valid, or the request cannot be read.")
    @ApiResponse(responseCode = "413", description = "The body is larger than 64 KiB.")
    @ApiResponse(
            responseCode = "415",
            description = "Not Content-Type: application/json, not UTF-8, or compressed with anything but gzip.")
    @ApiResponse(
            responseCode = "429",
            description = "The address, or the key, sends more events than it may. Nothing was taken.")
    @ApiResponse(
            responseCode = "503",
            description =
                    "Redis is away, refuses, is slow, the queue is full, too much arrives at once, or it is not known yet which"
                            + " keys there are. If the reason is queue_unavailable or queue_slow, the event may have been"
                            + " taken all the same.")
    void receive(HttpServletRequest request, HttpServletResponse response);
}
