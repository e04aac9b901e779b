package io.webanalytics.reporting;

import io.webanalytics.reporting.answer.Csv;
import io.webanalytics.reporting.count.ReportMemory;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.stereotype.Component;

/**
 * Writes answers as CSV, row by row. A reader who is too slow for it finds the connection broken off, and so no file that looks whole
 * and is not.
 */
@Component
class CsvConverter extends AbstractHttpMessageConverter<CsvFile> {

    static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final ReportMemory memory;

    CsvConverter(ReportMemory memory) {
        super(CSV);
        this.memory = memory;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == CsvFile.class;
    }

    @Override
    protected boolean canRead(MediaType type) {
        return false;
    }

    @Override
    protected CsvFile readInternal(Class<? extends CsvFile> type, HttpInputMessage message) {
        throw new UnsupportedOperationException("files are not read");
    }

    @Override
    @SuppressWarnings("try") // which is held, and not used
    protected void writeInternal(CsvFile file, HttpOutputMessage message) throws IOException {
        try (Closeable held = memory.hold(file.answer().bytes())) {
            Writer writer = new BufferedWriter(new Limited(message));
            if (file.byteOrderMark()) {
                writer.write(BYTE_ORDER_MARK);
            }
            Csv.write(file.answer().table(), writer);
            writer.flush();
        }
    }

    /** Each write has an end of its own, which the container sees to; all of them together have one here. */
    private static final class Limited extends OutputStreamWriter {

        private final long end = System.nanoTime() + LONGEST.toNanos();

        Limited(HttpOutputMessage message) throws IOException {
            super(message.getBody(), StandardCharsets.UTF_8);
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            if (System.nanoTime() - end > 0) {
                throw new InterruptedIOException("the file was read too slowly");
            }
            super.write(text, from, length);
        }
    }
}
