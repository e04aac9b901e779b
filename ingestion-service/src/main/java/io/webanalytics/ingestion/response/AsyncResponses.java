package io.webanalytics.ingestion.response;

import io.webanalytics.queue.QueueException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Responds when a push completes, on the thread that completes it. Spring MVC would pass the request through its
 * filters and its dispatcher a second time, which costs as much as the first.
 */
@Component
public class AsyncResponses {

    private static final Logger log = LoggerFactory.getLogger(AsyncResponses.class);

    /**
     * The timeout of a request whose push an {@link Error} kept from completing. Other pushes complete within
     * {@code ingestion.push-timeout}. This is so much longer that it does not expire first if the process stood still.
     */
    private static final Duration LOST_AFTER = Duration.ofMinutes(1);

    private final IngestionExceptionHandler problems;
    private final LargeResponses large;
    private final JsonMapper json;

    AsyncResponses(IngestionExceptionHandler problems, LargeResponses large, JsonMapper json) {
        this.problems = problems;
        this.large = large;
        this.json = json;
    }

    /**
     * Responds with 202, a body and headers, or with a problem. It must be called last in the handling of a request.
     *
     * @param pushed completes or fails within a timeout of its own
     * @param body called once Redis has acknowledged
     * @param brief called if there is no memory for a large body; returns one that needs none
     */
    public void respond(
            HttpServletRequest request,
            HttpServletResponse response,
            CompletionStage<Long> pushed,
            Map<String, String> headers,
            Supplier<byte[]> body,
            Supplier<byte[]> brief) {
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(LOST_AFTER.toMillis());
        pushed.whenComplete((length, failure) -> tryTo(response, async, () -> {
            if (failure == null) {
                byte[] bytes = body.get();
                headers.forEach(response::setHeader);
                // JSON, whatever the request accepts
                write(HttpStatus.ACCEPTED, MediaType.APPLICATION_JSON, bytes, brief, response, async);
            } else {
                write(problems.unavailable(QueueException.of(failure)), request, response, async);
            }
        }));
    }

    private void write(
            ResponseEntity<ProblemDetail> refusal,
            HttpServletRequest request,
            HttpServletResponse response,
            AsyncContext async)
            throws IOException {
        ProblemDetail problem = Objects.requireNonNull(refusal.getBody());
        problem.setInstance(URI.create(request.getRequestURI()));
        byte[] bytes = json.writeValueAsBytes(problem);
        refusal.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        write(refusal.getStatusCode(), MediaType.APPLICATION_PROBLEM_JSON, bytes, () -> bytes, response, async);
    }

    /** Leaves a body to the container if it fits the buffer. A larger one is written as the sender reads it. */
    private void write(
            HttpStatusCode status,
            MediaType type,
            byte[] body,
            Supplier<byte[]> brief,
            HttpServletResponse response,
            AsyncContext async)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(type.toString());
        boolean buffered = body.length < response.getBufferSize();
        if (buffered || !large.write(body, response, async)) {
            response.getOutputStream().write(buffered ? body : brief.get());
            async.complete();
        }
    }

    private interface ResponseWriter {

        void write() throws IOException;
    }

    /** Ends the request if a write fails, since its timeout is long. */
    private static void tryTo(HttpServletResponse response, AsyncContext async, ResponseWriter writer) {
        try {
            writer.write();
        } catch (IOException e) {
            // The sender is gone, and the container ends its request.
        } catch (RuntimeException | Error e) {
            log.error("A request failed unexpectedly", e);
            response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.value());
            async.complete();
        }
    }
}
