package io.webanalytics.ingestion.event;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Describes {@code POST /events} for the OpenAPI document. */
@Tag(name = "Events")
interface EventBatchApi {

    /**
     * Takes up to 1,000 events, as a JSON array or as NDJSON, one event per line. The valid events are taken all
     * together or not at all. The response says which events are not valid, and why. An array that cannot be parsed to
     * its end is refused as a whole; of NDJSON only the line is.
     */
    @Operation(
            requestBody =
                    @RequestBody(
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
            responseCode = "429",
            description = "The address, or the key, sends more events than it may. Nothing was taken.")
    @ApiResponse(
            responseCode = "503",
            description =
                    "Redis is away, refuses, is slow, the queue is full, too much arrives at once, or it is not known yet which"
                            + " keys there are. If the reason is queue_unavailable or queue_slow, the valid events may have been"
                            + " taken all the same.")
    void receiveBatch(HttpServletRequest request, HttpServletResponse response);
}
