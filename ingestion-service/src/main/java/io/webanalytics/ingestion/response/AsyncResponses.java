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
 * Responds when the queue has acknowledged or failed, from the thread that hears of it. Spring MVC would send such a request
 * through its filters and its dispatcher a second time, which costs as much as the first.
 */
@Component
public class AsyncResponses {

    private static final Logger log = LoggerFactory.getLogger(AsyncResponses.class);

    /**
     * A push ends within {@code ingestion.push-timeout}. This is for one whose end an {@link Error} kept from coming. It is so much
     * longer that it does not run out first where the process stood still.
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
     * Responds with 202, a body and headers, or with what went wrong. To be called last in the handling of a request.
     *
     * @param pushed completes, one way or the other, within a time of its own
     * @param body asked for once Redis has acknowledged
     * @param brief asked for where there is no memory for a large body: what there is memory for in any case
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
                // JSON, whatever the sender would rather accept
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

    /** What the container buffers is left to it; more than that is written as the sender comes to read it. */
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

    /** What goes wrong must end the request, since no clock does soon. */
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
