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
 * Handles the requests of a connection, and waits for the next byte of one no longer than the request has time left. Where the
 * line and the headers are late the connection is closed; a body that is late fails to be read, which Tomcat answers with 408.
 */
final class RequestDeadlineProcessor extends Http11Processor {

    private final RequestDeadlineProtocol protocol;

    RequestDeadlineProcessor(RequestDeadlineProtocol protocol, Adapter adapter) {
        super(protocol, adapter);
        this.protocol = protocol;
        request.setInputBuffer(new Body(request.getInputBuffer()));
    }

    /** Called when something arrives that is no body: a request, or more of what was not all of its line and headers. */
    @Override
    public SocketState service(SocketWrapperBase<?> connection) throws IOException {
        connection.setReadTimeout(protocol.getConnectionTimeout());
        SocketState state = super.service(connection);
        boolean moreToCome = state == SocketState.LONG && !isAsync();
        return moreToCome && !limitsTheNextWait(connection) ? SocketState.CLOSED : state;
    }

    /** Whether there is time left for it. */
    private boolean limitsTheNextWait(SocketWrapperBase<?> connection) {
        long left = left();
        connection.setReadTimeout(Math.max(1, Math.min(left, protocol.getConnectionTimeout())));
        return left > 0;
    }

    /** How much time the request has left, in ms; nothing where it is 0 or less. */
    private long left() {
        return RequestDeadlineProtocol.PATIENCE.toMillis()
                - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.getStartTimeNanos());
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

        /** What stands around chunks is read in many waits, of which each begins when the last one has brought a byte. */
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
