package io.webanalytics.reporting.answer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/**
 * Tables as CSV.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180, CSV</a>
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP, CSV injection</a>
 */
public final class Csv {

    private static final String END = "\r\n";
    /** Characters with which a formula may begin in a spreadsheet. */
    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    private Csv() {}

    /** Writes a table row by row. */
    public static void write(Table table, Writer to) throws IOException {
        writeLine(table.columns(), to);
        try {
            table.rows().forEachOrdered(row -> {
                try {
                    writeLine(row, to);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void writeLine(List<?> cells, Writer to) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            to.write(i == 0 ? "" : ",");
            to.write(cell(cells.get(i)));
        }
        to.write(END);
    }

    /** Writes numbers as they are. Texts come from senders: one that might be a formula gets an apostrophe in front. */
    private static String cell(Object value) {
        String text = value.toString();
        if (value instanceof Number) {
            return text;
        }
        if (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n' || c == ';');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
