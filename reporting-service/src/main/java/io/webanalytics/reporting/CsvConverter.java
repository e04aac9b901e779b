package io.webanalytics.reporting;

import io.webanalytics.reporting.answer.Answer;
import io.webanalytics.reporting.answer.Csv;
import io.webanalytics.reporting.count.ReportMemory;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Writes answers as CSV, row by row. */
@Component
class CsvConverter extends AnswerConverter<CsvFile> {

    static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    CsvConverter(ReportMemory memory) {
        super(CSV, CsvFile.class, memory);
    }

    @Override
    Answer answer(CsvFile file) {
        return file.answer();
    }

    @Override
    void write(CsvFile file, OutputStream to) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        if (file.byteOrderMark()) {
            writer.write(BYTE_ORDER_MARK);
        }
        Csv.write(file.answer().table(), writer);
        writer.flush();
    }
}
