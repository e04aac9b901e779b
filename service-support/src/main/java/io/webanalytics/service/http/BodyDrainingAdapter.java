package io.webanalytics.service.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Drains what a response did not need, such as the body of a refused request, so that the sender reads the response
 * instead of losing the connection. Tomcat does so for some responses only, and without a deadline. Here {@link #MOST}
 * bytes are read at most, for {@link #PATIENCE} at most, since a thread does nothing else meanwhile. Then the connection
 * is closed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-9.6">RFC 9112, tear-down of connections</a>
 */
final class BodyDrainingAdapter implements Adapter {

    private static final int MOST = 2 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Adapter adapter;

    /** @param adapter handles requests; when it returns, the response is on its way */
    BodyDrainingAdapter(Adapter adapter) {
        this.adapter = adapter;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        adapter.service(request, response);
        if (!is(ActionCode.ASYNC_IS_ASYNC, request) && !isRead(request)) {
            request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    private static boolean isRead(Request request) {
        if (is(ActionCode.REQUEST_BODY_FULLY_READ, request)) {
            return true;
        }
        if (request.hasExpectation()) {
            return false; // the body will not come any more
        }
        request.setAttribute(RequestDeadlineProcessor.EARLIER_DEADLINE, System.nanoTime() + PATIENCE.toNanos());
        Dropped dropped = new Dropped();
        try {
            int read = 0;
            for (int bytes = 0; read >= 0 && bytes < MOST; bytes += read) {
                read = request.doRead(dropped);
            }
            return read < 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean is(ActionCode question, Request request) {
        AtomicBoolean answer = new AtomicBoolean();
        request.action(question, answer);
        return answer.get();
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return adapter.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
        return adapter.asyncDispatch(request, response, event);
    }

    @Override
    public void log(Request request, Response response, long time) {
        adapter.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        adapter.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
        return adapter.getDomain();
    }

    private static final class Dropped implements ApplicationBufferHandler {

        private ByteBuffer buffer = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {}
    }
}
