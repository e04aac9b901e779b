package io.webanalytics.system.upgrade;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** All collections of a database as lines of canonical Extended JSON, each a document or an index. */
final class DatabaseDump {

    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private DatabaseDump() {}

    /** @param documents by collection */
    record Content(Map<String, List<String>> documents, Map<String, List<String>> indexes) {

        /** Without the documents that the condition does not hold for. */
        Content filter(String collection, Predicate<String> kept) {
            Map<String, List<String>> some = new TreeMap<>(documents);
            some.computeIfPresent(
                    collection, (name, all) -> all.stream().filter(kept).toList());
            return new Content(some, indexes);
        }
    }

    static Content dump(MongoDatabase database) {
        Map<String, List<String>> documents = new TreeMap<>();
        Map<String, List<String>> indexes = new TreeMap<>();
        for (String name : database.listCollectionNames()) {
            documents.put(name, documents(database, name));
            indexes.put(name, indexes(database.getCollection(name)));
        }
        return new Content(documents, indexes);
    }

    static List<String> documents(MongoDatabase database, String collection) {
        return database
                .getCollection(collection, BsonDocument.class)
                .find()
                .map(document -> document.toJson(CANONICAL))
                .into(new ArrayList<>())
                .stream()
                .sorted()
                .toList();
    }

    private static List<String> indexes(MongoCollection<Document> collection) {
        return collection
                .listIndexes()
                .map(index -> index.get("key", Document.class).toJson())
                .into(new ArrayList<>())
                .stream()
                .filter(key -> !key.startsWith("{\"_id\""))
                .sorted()
                .toList();
    }

    static void load(MongoDatabase database, Content content) {
        database.drop();
        content.indexes()
                .forEach((name, keys) ->
                        keys.forEach(key -> database.getCollection(name).createIndex(BsonDocument.parse(key))));
        content.documents().forEach((name, lines) -> {
            if (!lines.isEmpty()) {
                database.getCollection(name, BsonDocument.class)
                        .insertMany(lines.stream().map(BsonDocument::parse).toList());
            }
        });
    }
}
