package io.webanalytics.reporting;

import io.webanalytics.reporting.answer.Answer;
import io.webanalytics.reporting.count.ReportMemory;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/**
 * Writes answers. The memory of an answer is accounted for until it is written, so writing has a deadline. Past it the connection
 * is broken off, so that a truncated answer never looks complete.
 */
abstract class AnswerConverter<T> extends AbstractHttpMessageConverter<T> {

    private static final Duration LEAST_TIME = Duration.ofSeconds(10);
    private static final long SLOWEST_BYTES_PER_SECOND = 100_000;

    private final Class<T> type;
    private final ReportMemory memory;

    AnswerConverter(MediaType mediaType, Class<T> type, ReportMemory memory) {
        super(mediaType);
        this.type = type;
        this.memory = memory;
    }

    /** Returns the answer in a form. */
    abstract Answer answer(T form);

    abstract void write(T form, OutputStream to) throws IOException;

    @Override
    protected final boolean supports(Class<?> other) {
        return type.isAssignableFrom(other);
    }

    @Override
    protected final boolean canRead(MediaType mediaType) {
        return false;
    }

    @Override
    protected final T readInternal(Class<? extends T> wanted, HttpInputMessage message) {
        throw new UnsupportedOperationException("answers are not read");
    }

    @Override
    @SuppressWarnings("try") // the resource is only held
    protected final void writeInternal(T form, HttpOutputMessage message) throws IOException {
        long bytes = answer(form).bytes();
        try (Closeable held = memory.hold(bytes)) {
            OutputStream body =
                    new Limited(message.getBody(), LEAST_TIME.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND));
            write(form, body);
            body.flush();
        }
    }

    /** Sets a deadline for all writes of an answer together. The container has a timeout for each single write. */
    private static final class Limited extends FilterOutputStream {

        private final long end;

        Limited(OutputStream body, Duration time) {
            super(body);
            end = System.nanoTime() + time.toNanos();
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (System.nanoTime() - end > 0) {
                throw new InterruptedIOException("the answer was read too slowly");
            }
            out.write(bytes, from, length);
        }

        /** Does nothing: the container closes the stream. */
        @Override
        public void close() {}
    }
}
