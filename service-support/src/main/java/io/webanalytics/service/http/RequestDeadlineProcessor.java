package io.webanalytics.service.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Adapter;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Handles the requests of a connection, and waits for the next byte no longer than until the deadline of the request.
 * If the line and the headers are late, the connection is closed. If the body is late, reading it fails, and Tomcat
 * responds with 408.
 */
final class RequestDeadlineProcessor extends Http11Processor {

    /** The attribute of a request that has less time than others: its deadline, as of {@link System#nanoTime}. */
    static final String EARLIER_DEADLINE = RequestDeadlineProcessor.class.getName() + ".deadline";

    private final RequestDeadlineProtocol protocol;

    RequestDeadlineProcessor(RequestDeadlineProtocol protocol, Adapter adapter) {
        super(protocol, adapter);
        this.protocol = protocol;
        request.setInputBuffer(new Body(request.getInputBuffer()));
    }

    /** Called when bytes arrive outside of a body: a request, or more of its incomplete line and headers. */
    @Override
    public SocketState service(SocketWrapperBase<?> connection) throws IOException {
        connection.setReadTimeout(protocol.getConnectionTimeout());
        SocketState state = super.service(connection);
        boolean moreToCome = state == SocketState.LONG && !isAsync();
        return moreToCome && !limitsTheNextWait(connection) ? SocketState.CLOSED : state;
    }

    /** Limits the next wait to the time left. Returns whether there is any. */
    private boolean limitsTheNextWait(SocketWrapperBase<?> connection) {
        long left = left();
        connection.setReadTimeout(Math.max(1, Math.min(left, protocol.getConnectionTimeout())));
        return left > 0;
    }

    /** Returns the time that the request has left, in ms; 0 or less if it is late. */
    private long left() {
        long now = System.nanoTime();
        long left = request.getStartTimeNanos() + RequestDeadlineProtocol.PATIENCE.toNanos() - now;
        if (request.getAttribute(EARLIER_DEADLINE) instanceof Long earlier) {
            left = Math.min(left, earlier - now);
        }
        return TimeUnit.NANOSECONDS.toMillis(left);
    }

    private final class Body implements InputBuffer {

        private final InputBuffer arriving;

        Body(InputBuffer arriving) {
            this.arriving = arriving;
        }

        @Override
        public int doRead(ApplicationBufferHandler handler) throws IOException {
            if (!limitsTheNextWait(getSocketWrapper())) {
                throw new SocketTimeoutException("the request is late");
            }
            return request.getContentLengthLong() < 0 ? readChunk(handler) : arriving.doRead(handler);
        }

        /** Reads a chunk. Each byte of a chunk header or trailer starts a new wait, so a timer ends the wait at the deadline. */
        private int readChunk(ApplicationBufferHandler handler) throws IOException {
            SocketWrapperBase<?> connection = getSocketWrapper();
            Future<?> end = protocol.getUtilityExecutor()
                    .schedule(() -> connection.setReadTimeout(1), left(), TimeUnit.MILLISECONDS);
            try {
                return arriving.doRead(handler);
            } finally {
                end.cancel(false);
            }
        }

        @Override
        public int available() {
            return arriving.available();
        }
    }
}
