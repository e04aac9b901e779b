package io.webanalytics.benchmark.hours;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.webanalytics.rollup.Bucket;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;

/** The least work to write what a builder writes of an hour: two parts and a head, a thousand hours at a time. */
final class BareDriver {

    private static final int TOGETHER = 1_000;

    private final MongoCollection<Document> heads;
    private final MongoCollection<Document> parts;

    BareDriver(MongoDatabase database) {
        heads = database.getCollection("bare_heads");
        parts = database.getCollection("bare_parts");
    }

    void write(List<Bucket> hours) {
        for (int from = 0; from < hours.size(); from += TOGETHER) {
            List<Document> documents = new ArrayList<>();
            List<WriteModel<Document>> updates = new ArrayList<>();
            for (Bucket hour : hours.subList(from, Math.min(from + TOGETHER, hours.size()))) {
                for (String kind : List.of("users", "paths")) {
                    documents.add(new Document("_id", hour.id() + "/" + kind).append("data", new Binary(new byte[16])));
                }
                updates.add(new UpdateOneModel<>(
                        Filters.eq(hour.id()), Updates.set("build", "b"), new UpdateOptions().upsert(true)));
            }
            parts.insertMany(documents, new InsertManyOptions().ordered(false));
            heads.bulkWrite(updates, new BulkWriteOptions().ordered(false));
        }
    }

    void drop() {
        heads.drop();
        parts.drop();
    }
}
