package io.webanalytics.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code docs/SECURITY.md}: its table of all requests, and which status each caller gets. */
final class AccessDoc {

    private static final Path FILE = Path.of(System.getProperty("project.root"), "docs", "SECURITY.md");
    private static final String HEADING = "| port | request |";
    private static final Pattern REQUEST = Pattern.compile("`([A-Z]+) ([^`]+)`");
    private static final String PUBLIC = "of a public site";
    private static final int FIRST_CALLER = 2;

    private AccessDoc() {}

    /**
     * A request of the table.
     *
     * @param path as OpenAPI has it, with variables
     * @param expected what each caller gets, by the heading of its column
     */
    record Line(int port, String method, String path, boolean ofPublicSite, Map<String, Expected> expected) {

        String name() {
            return method + " " + path;
        }

        @Override
        public String toString() {
            return method + " :" + port + path + (ofPublicSite ? " " + PUBLIC : "");
        }
    }

    /**
     * A cell of the table.
     *
     * @param nothing whether it says that the request succeeds without any effect
     */
    record Expected(int status, boolean nothing) {

        private static Expected of(String cell) {
            return new Expected(Integer.parseInt(cell.substring(0, 3)), cell.endsWith("(0)"));
        }

        boolean succeeds() {
            return status < 300;
        }
    }

    static List<Line> lines() throws IOException {
        List<List<String>> rows = Files.readAllLines(FILE).stream()
                .dropWhile(line -> !line.startsWith(HEADING))
                .takeWhile(line -> line.startsWith("|"))
                .map(AccessDoc::cells)
                .toList();
        List<String> heading = rows.get(0);
        return rows.stream().skip(2).flatMap(row -> lines(heading, row)).toList();
    }

    private static Stream<Line> lines(List<String> heading, List<String> row) {
        Map<String, Expected> expected = new LinkedHashMap<>();
        for (int i = FIRST_CALLER; i < heading.size(); i++) {
            expected.put(heading.get(i), Expected.of(row.get(i)));
        }
        List<Integer> ports =
                row.get(0).equals("all") ? List.of(3001, 3002, 3003) : List.of(Integer.valueOf(row.get(0)));
        List<Line> lines = new ArrayList<>();
        for (MatchResult request : REQUEST.matcher(row.get(1)).results().toList()) {
            for (int port : ports) {
                lines.add(new Line(
                        port, request.group(1), request.group(2), row.get(1).endsWith(PUBLIC), expected));
            }
        }
        return lines.stream();
    }

    private static List<String> cells(String row) {
        return Stream.of(row.split("\\|")).skip(1).map(String::strip).toList();
    }
}
