package io.webanalytics.ingestion.body;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Accounts for the memory of bodies from their first byte until they are parsed. Memory is taken as bytes arrive, not
 * by the declared length. When none is free, the body that has been arriving for longest is evicted, so that slow
 * senders do not keep others out.
 */
@Component
class BodyMemory {

    /** The most bytes of all bodies together. */
    static final int MOST = 32 << 20;

    /** A body that has been arriving for less is never evicted. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    /** How long a body waits for memory. By then every present body counts as slow. */
    private static final Duration PATIENCE = SLOW.multipliedBy(2);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final byte[] NOTHING = {};

    private final Semaphore free = new Semaphore(MOST);
    private final Set<BodyBuffer> arriving = ConcurrentHashMap.newKeySet();

    /** Returns the buffer of a body that begins to arrive. An empty buffer takes no memory. */
    BodyBuffer newBuffer() {
        return new BodyBuffer();
    }

    private void acquire(int bytes) {
        long started = System.nanoTime();
        while (!isAcquiredAfterAPause(bytes)) {
            if (System.nanoTime() - started > PATIENCE.toNanos()) {
                throw new TooBusyException();
            }
            arriving.stream()
                    .filter(BodyBuffer::isSlow)
                    .min(Comparator.comparingLong(buffer -> buffer.began - started))
                    .ifPresent(BodyBuffer::giveWay);
        }
    }

    private boolean isAcquiredAfterAPause(int bytes) {
        try {
            return free.tryAcquire(bytes, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service stops
            throw new TooBusyException();
        }
    }

    /** The bytes of one body that have arrived. One thread appends and takes them; any thread may evict them. */
    final class BodyBuffer implements AutoCloseable {

        private final long began = System.nanoTime();
        private byte[] body = NOTHING;
        private int length;
        private int acquired;
        private boolean closed;

        /**
         * Adds a piece.
         *
         * @param most the largest size of the body, in bytes
         * @throws TooBusyException if no memory becomes free, or the body was evicted
         */
        void append(byte[] piece, int bytes, int most) {
            if (!hasRoomFor(bytes)) {
                int size = Math.min(Math.max(length + bytes, 2 * length), most);
                arriving.add(this);
                acquire(size);
                enlarge(size);
            }
            copy(piece, bytes);
        }

        /** Returns the body, which cannot be evicted any more. Its memory counts until the buffer is closed. */
        synchronized byte[] take() {
            check();
            arriving.remove(this);
            body = length == body.length ? body : Arrays.copyOf(body, length);
            return body;
        }

        @Override
        public synchronized void close() {
            closed = true;
            arriving.remove(this);
            free.release(acquired);
            acquired = 0;
            body = NOTHING;
        }

        private boolean isSlow() {
            return System.nanoTime() - began > SLOW.toNanos();
        }

        private synchronized void giveWay() {
            if (arriving.contains(this)) {
                close();
            }
        }

        private synchronized boolean hasRoomFor(int bytes) {
            check();
            return length + bytes <= body.length;
        }

        private synchronized void enlarge(int size) {
            acquired += size;
            if (closed) {
                close();
            }
            check();
            int before = body.length;
            body = Arrays.copyOf(body, size);
            free.release(before);
            acquired -= before;
        }

        private synchronized void copy(byte[] piece, int bytes) {
            check();
            System.arraycopy(piece, 0, body, length, bytes);
            length += bytes;
        }

        private void check() {
            if (closed) {
                throw new TooBusyException();
            }
        }
    }
}
