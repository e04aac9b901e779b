package io.webanalytics.ingestion;

import io.webanalytics.model.queue.QueueException;
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
import org.springframework.http.HttpStatus;
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

    /** Behind {@code ingestion.push-timeout}, which answers first. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Problems problems;
    private final JsonMapper json;

    LateAnswers(Problems problems, JsonMapper json) {
        this.problems = problems;
        this.json = json;
    }

    /**
     * Answers 202 with a body and headers, or with what went wrong. To be called last in the handling of a request.
     *
     * @param body asked for once Redis has acknowledged
     */
    void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            CompletionStage<Long> pushed,
            Map<String, String> headers,
            Supplier<byte[]> body) {
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(TIMEOUT.toMillis());
        URI instance = URI.create(request.getRequestURI());
        pushed.whenComplete((length, failure) -> {
            if (failure == null) {
                response.setStatus(HttpStatus.ACCEPTED.value());
                response.setContentType(MediaType.APPLICATION_JSON_VALUE); // whatever the sender would rather accept
                headers.forEach(response::setHeader);
                write(body.get(), response, async);
            } else {
                write(problems.unavailable(QueueException.of(failure)), instance, response, async);
            }
        });
    }

    private void write(
            ResponseEntity<ProblemDetail> answer, URI instance, HttpServletResponse response, AsyncContext async) {
        ProblemDetail problem = Objects.requireNonNull(answer.getBody());
        problem.setInstance(instance);
        response.setStatus(answer.getStatusCode().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        write(json.writeValueAsBytes(problem), response, async);
    }

    /** What the container buffers is left to it; more than that may have to wait for the sender to read it. */
    private static void write(byte[] body, HttpServletResponse response, AsyncContext async) {
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
        } catch (IOException e) {
            // The sender is gone.
        } finally {
            async.complete();
        }
    }
}
