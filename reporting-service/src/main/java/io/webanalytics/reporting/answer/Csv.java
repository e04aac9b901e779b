package io.webanalytics.reporting.answer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Tables as CSV.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180, CSV</a>
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP, CSV injection</a>
 */
public final class Csv {

    private static final String END = "\r\n";
    /** What spreadsheets take for the beginning of a formula. */
    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    private Csv() {}

    public static String of(Table table) {
        StringBuilder csv = new StringBuilder(line(table.columns()));
        table.rows().forEach(row -> csv.append(line(row)));
        return csv.toString();
    }

    private static String line(List<?> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", END));
    }

    /** Numbers are ours. Texts are strangers', and get an apostrophe in front of what might be a formula. */
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
