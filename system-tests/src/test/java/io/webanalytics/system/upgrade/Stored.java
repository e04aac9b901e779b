package io.webanalytics.system.upgrade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of what a release stored, and made of it.
 *
 * @param folder named after the forms
 */
record Stored(Path folder) {

    private static final Path ALL = Path.of("src", "test", "resources", "stored");
    private static final JsonMapper JSON = new JsonMapper();

    static Stored named(String name) {
        return new Stored(ALL.resolve(name));
    }

    static List<Stored> all() {
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders.filter(Files::isDirectory).sorted().map(Stored::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> read(String file) {
        try {
            return Files.readAllLines(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, List<String> lines) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DatabaseDump.Content readDatabase() {
        Map<String, List<String>> documents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("database"))) {
            files.map(file -> file.getFileName().toString())
                    .forEach(file -> documents.put(file.replace(".jsonl", ""), read("database/" + file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, List<String>> indexes = new TreeMap<>();
        JsonNode read = readTree("indexes.json");
        read.properties()
                .forEach(one -> one.getValue()
                        .forEach(key -> indexes.computeIfAbsent(one.getKey(), name -> new ArrayList<>())
                                .add(key.toString())));
        return new DatabaseDump.Content(documents, indexes);
    }

    void writeDatabase(DatabaseDump.Content content) {
        content.documents().forEach((name, lines) -> write("database/" + name + ".jsonl", lines));
        ObjectNode indexes = JSON.createObjectNode();
        content.indexes()
                .forEach((name, keys) ->
                        keys.forEach(key -> indexes.withArray(name).add(JSON.readTree(key))));
        writeTree("indexes.json", indexes);
    }

    JsonNode readTree(String file) {
        return JSON.readTree(String.join("\n", read(file)));
    }

    void writeTree(String file, JsonNode tree) {
        write(file, List.of(tree.toString()));
    }

    /** A line has a question, and the answers before and after. */
    void readAnswers(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        for (String line : read("answers.jsonl")) {
            JsonNode answers = JSON.readTree(line);
            String question = answers.get("question").asString();
            before.put(question, answers.get("before"));
            after.put(question, answers.get("after"));
        }
    }

    void writeAnswers(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        List<String> lines = new ArrayList<>();
        BiConsumer<String, JsonNode> write = (question, answer) -> lines.add(JSON.createObjectNode()
                .put("question", question)
                .<ObjectNode>set("before", answer)
                .<ObjectNode>set("after", after.get(question))
                .toString());
        before.forEach(write);
        write("answers.jsonl", lines);
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
