package io.webanalytics.benchmark.throughput;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.store.EventDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.bson.RawBsonDocument;

/** Only inserts the documents that a processor would insert: the limit of the driver and MongoDB. */
final class BareInserts {

    private BareInserts() {}

    /**
     * @param warmUp events that are inserted before the measurement
     * @return events per second
     */
    static double perSecond(
            MongoCollection<Document> collection, List<byte[]> elements, int warmUp, int threads, int batch)
            throws Exception {
        MongoCollection<RawBsonDocument> events = collection
                .withDocumentClass(RawBsonDocument.class)
                .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        List<RawBsonDocument> documents = elements.stream()
                .map(element -> EventDocument.of(QueuedEventFormat.decode(element)))
                .toList();
        insert(events, documents.subList(0, warmUp), threads, batch);
        long started = System.nanoTime();
        insert(events, documents.subList(warmUp, documents.size()), threads, batch);
        return (documents.size() - warmUp) / ((System.nanoTime() - started) / 1e9);
    }

    private static void insert(
            MongoCollection<RawBsonDocument> events, List<RawBsonDocument> documents, int threads, int batch)
            throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> inserts = new ArrayList<>();
            for (int from = 0; from < documents.size(); from += batch) {
                List<RawBsonDocument> some = documents.subList(from, Math.min(from + batch, documents.size()));
                inserts.add(workers.submit(() -> events.insertMany(some, new InsertManyOptions().ordered(false))));
            }
            for (Future<?> insert : inserts) {
                insert.get();
            }
        } finally {
            workers.shutdownNow();
        }
    }
}
