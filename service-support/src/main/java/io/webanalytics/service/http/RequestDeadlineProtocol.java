package io.webanalytics.service.http;

import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * Tomcat's HTTP/1.1 with a deadline for every request: {@link #PATIENCE} from its first byte to its last. Tomcat limits
 * only the pauses ({@code connection-timeout}), so that a byte now and then holds a connection, or a thread that reads
 * a body, for as long as its sender likes.
 *
 * <p>Public for Tomcat, which creates it by its class name.
 */
public final class RequestDeadlineProtocol extends Http11NioProtocol {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    protected Processor createProcessor() {
        return new RequestDeadlineProcessor(this, new BodyDrainingAdapter(getAdapter()));
    }
}
