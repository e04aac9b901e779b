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
 * Writes answers. Their memory is accounted for until they are written, and so a reader has an end: one who is too slow finds the
 * connection broken off, and no answer that looks whole and is not.
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

    /** What is written. */
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
    @SuppressWarnings("try") // which is held, and not used
    protected final void writeInternal(T form, HttpOutputMessage message) throws IOException {
        long bytes = answer(form).bytes();
        try (Closeable held = memory.hold(bytes)) {
            OutputStream body =
                    new Limited(message.getBody(), LEAST_TIME.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND));
            write(form, body);
            body.flush();
        }
    }

    /** Each write has an end of its own, which the container sees to; all of them together have one here. */
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

        /** It is the container's to close. */
        @Override
        public void close() {}
    }
}
