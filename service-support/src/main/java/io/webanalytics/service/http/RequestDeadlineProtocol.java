package io.webanalytics.service.http;

import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP/1.1 as Tomcat speaks it, and with an end to every request: from its first byte to its last it has {@link #PATIENCE} to
 * arrive. Tomcat only limits the pauses ({@code connection-timeout}), so that a byte now and then holds a connection, or a
 * thread that reads a body, for as long as its sender likes.
 *
 * <p>Public for Tomcat, which makes it by its name.
 */
public final class RequestDeadlineProtocol extends Http11NioProtocol {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    protected Processor createProcessor() {
        return new RequestDeadlineProcessor(this, new BodyDrainingAdapter(getAdapter()));
    }
}
