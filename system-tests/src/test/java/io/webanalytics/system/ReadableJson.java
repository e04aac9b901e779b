package io.webanalytics.system;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Formats JSON for documents: on one line if that is short, otherwise each member on its own line. */
final class ReadableJson {

    private static final int WIDTH = 110;
    private static final String INDENT = "  ";

    private ReadableJson() {}

    static String of(JsonNode json) {
        return of(json, "");
    }

    private static String of(JsonNode json, String indent) {
        String line = json.toString();
        if (!json.isContainer() || indent.length() + line.length() <= WIDTH) {
            return line;
        }
        String deeper = indent + INDENT;
        Stream<String> members = json.isObject()
                ? json.properties().stream()
                        .map(member -> "\"" + member.getKey() + "\": " + of(member.getValue(), deeper))
                : json.valueStream().map(element -> of(element, deeper));
        List<String> around = json.isObject() ? List.of("{", "}") : List.of("[", "]");
        return members.collect(
                Collectors.joining(",\n" + deeper, around.get(0) + "\n" + deeper, "\n" + indent + around.get(1)));
    }
}
