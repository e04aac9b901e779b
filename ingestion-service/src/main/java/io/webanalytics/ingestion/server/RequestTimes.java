package io.webanalytics.ingestion.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import io.webanalytics.ingestion.EventPaths;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.http.HttpMethod;

/**
 * Times each request where Tomcat would write its access log: from its first line to the end of its response, whichever
 * thread writes that, and also if no controller handles it. It fills the timer of Spring's observations, which would
 * take a tenth of the time that an event costs.
 */
final class RequestTimes extends ValveBase implements AccessLog {

    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.values());

    private final Map<TimerKey, Timer> timers = new ConcurrentHashMap<>();
    private final MeterRegistry metrics;

    RequestTimes(MeterRegistry metrics) {
        super(true);
        this.metrics = metrics;
    }

    private record TimerKey(String method, String path, int status) {

        static TimerKey of(Request request, Response response) {
            HttpMethod method = HttpMethod.valueOf(String.valueOf(request.getMethod()));
            String path = String.valueOf(request.getRequestURI());
            return new TimerKey(
                    METHODS.contains(method) ? method.name() : "UNKNOWN",
                    EventPaths.ALL.contains(path)
                            ? path
                            : "UNKNOWN", // a tag for any path would let senders create time series
                    response.getStatus());
        }

        Tags tags() {
            return Tags.of("method", method, "uri", path, "status", String.valueOf(status))
                    .and(Outcome.forStatus(status).asTag());
        }
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
    }

    @Override
    public void log(Request request, Response response, long nanos) {
        timers.computeIfAbsent(
                        TimerKey.of(request, response),
                        key -> Timer.builder("http.server.requests")
                                .description("From the first line of a request to the end of its answer")
                                .tags(key.tags())
                                .register(metrics))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void setRequestAttributesEnabled(boolean enabled) {}

    @Override
    public boolean getRequestAttributesEnabled() {
        return false;
    }
}
