package io.webanalytics.ingestion;

import io.webanalytics.model.queue.QueueException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
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
 * Answers requests when the queue has, from the thread that hears of it. Spring MVC would send such a request through its
 * filters and its dispatcher a second time, which costs as much as the first.
 */
@Component
class LateAnswers {

    private static final Logger log = LoggerFactory.getLogger(LateAnswers.class);

    /** The queue answers within {@code ingestion.push-timeout}; a second clock could only run out before the first. */
    private static final int NO_TIMEOUT = 0;

    private final Problems problems;
    private final JsonMapper json;

    LateAnswers(Problems problems, JsonMapper json) {
        this.problems = problems;
        this.json = json;
    }

    /**
     * Answers 202 with a body and headers, or with what went wrong. To be called last in the handling of a request.
     *
     * @param pushed completes, one way or the other, within a time of its own
     * @param body asked for once Redis has acknowledged
     */
    void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            CompletionStage<Long> pushed,
            Map<String, String> headers,
            Supplier<byte[]> body) {
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(NO_TIMEOUT);
        URI instance = URI.create(request.getRequestURI());
        pushed.handle((length, failure) -> {
                    if (failure == null) {
                        byte[] bytes = body.get();
                        headers.forEach(response::setHeader);
                        // JSON, whatever the sender would rather accept
                        write(HttpStatus.ACCEPTED, MediaType.APPLICATION_JSON, bytes, response, async);
                    } else {
                        write(problems.unavailable(QueueException.of(failure)), instance, response, async);
                    }
                    return failure == null;
                })
                .exceptionally(unexpected -> {
                    log.error("A request failed unexpectedly", unexpected);
                    response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.value());
                    async.complete();
                    return false;
                });
    }

    private void write(
            ResponseEntity<ProblemDetail> answer, URI instance, HttpServletResponse response, AsyncContext async) {
        ProblemDetail problem = Objects.requireNonNull(answer.getBody());
        problem.setInstance(instance);
        byte[] bytes = json.writeValueAsBytes(problem);
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        write(answer.getStatusCode(), MediaType.APPLICATION_PROBLEM_JSON, bytes, response, async);
    }

    /** What the container buffers is left to it; more than that may have to wait for the sender to read it. */
    private static void write(
            HttpStatusCode status, MediaType type, byte[] body, HttpServletResponse response, AsyncContext async) {
        response.setStatus(status.value());
        response.setContentType(type.toString());
        if (body.length < response.getBufferSize()) {
            end(async, () -> response.getOutputStream().write(body));
        } else {
            async.start(() -> end(
                    async,
                    () -> RequestThreads.await(() -> {
                        response.getOutputStream().write(body);
                        response.flushBuffer();
                        return body;
                    })));
        }
    }

    private interface Writing {

        void run() throws IOException;
    }

    private static void end(AsyncContext async, Writing writing) {
        try {
            writing.run();
            async.complete();
        } catch (IOException e) {
            // The sender is gone, and the container ends its request.
        }
    }
}
