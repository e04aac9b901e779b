package io.webanalytics.ingestion.response;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Writes responses that are larger than the container's buffer, as their senders read them. Responses that wait to be
 * read have a fixed part of the memory: senders decide how long the responses are, and whether they read them.
 */
@Component
class LargeResponses {

    /** The most bytes of all responses that wait to be read. */
    static final int MOST = 32 << 20;

    private final Semaphore free = new Semaphore(MOST);

    /**
     * Writes a response and then ends its request, asynchronously.
     *
     * @return false if there is no memory for it; nothing is written then
     */
    boolean write(byte[] body, HttpServletResponse response, AsyncContext async) throws IOException {
        if (!free.tryAcquire(body.length)) {
            return false;
        }
        try {
            async.addListener(new End(body.length));
        } catch (RuntimeException e) {
            free.release(body.length); // the request has ended already
            throw e;
        }
        response.getOutputStream().setWriteListener(new BodyWriter(body, response.getOutputStream(), async));
        return true;
    }

    /**
     * Writes without blocking. A blocking write would be on a thread that is not the container's. If the sender did not
     * read, the container would end the request and reuse its objects for the next, while that thread still writes to
     * it.
     */
    private static final class BodyWriter implements WriteListener {

        private static final int PIECE = 8_192;

        private final byte[] body;
        private final ServletOutputStream output;
        private final AsyncContext async;
        private int written;

        BodyWriter(byte[] body, ServletOutputStream output, AsyncContext async) {
            this.body = body;
            this.output = output;
            this.async = async;
        }

        @Override
        public void onWritePossible() throws IOException {
            while (output.isReady()) {
                if (written == body.length) {
                    async.complete();
                    return;
                }
                int bytes = Math.min(body.length - written, PIECE);
                output.write(body, written, bytes);
                written += bytes;
            }
        }

        @Override
        public void onError(Throwable failure) {
            async.complete(); // the sender is gone, or does not read
        }
    }

    /** Releases the memory when the request ends, in whatever way. */
    private final class End implements AsyncListener {

        private final int bytes;

        End(int bytes) {
            this.bytes = bytes;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            free.release(bytes);
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
