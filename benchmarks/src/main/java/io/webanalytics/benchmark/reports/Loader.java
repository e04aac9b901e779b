package io.webanalytics.benchmark.reports;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import io.webanalytics.benchmark.Results;
import io.webanalytics.store.EventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;

/** Loads traffic into its database, unless it is loaded already. */
final class Loader {

    private static final int THREADS = 4;
    private static final int BATCH = 1_000;
    private static final int TOLD_EACH = 1_000_000;

    private final MongoCollection<Document> events;
    private final Traffic traffic;
    private final AtomicLong loaded = new AtomicLong();

    private Loader(MongoDatabase database, Traffic traffic) {
        this.events = database.getCollection("events");
        this.traffic = traffic;
    }

    static void load(MongoDatabase database, Traffic traffic) throws Exception {
        MongoCollection<Document> done = database.getCollection("loaded"); // written last, by a full load
        if (done.find().first() != null) {
            return;
        }
        database.drop();
        long started = System.nanoTime();
        new EventStore(database).ensureIndex();
        Loader loader = new Loader(database, traffic);
        loader.run();
        double seconds = (System.nanoTime() - started) / 1e9;
        Results.progress(database.getName() + ": loaded " + loader.loaded + " events in " + (long) seconds + " s");
        done.insertOne(new Document("events", loader.loaded.get()));
    }

    private void run() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> slices = new ArrayList<>();
            for (int i = 0; i < traffic.slices(); i++) {
                int slice = i;
                slices.add(threads.submit(() -> insert(slice)));
            }
            for (Future<?> slice : slices) {
                slice.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void insert(int slice) {
        List<Document> batch = new ArrayList<>(BATCH);
        traffic.slice(slice).forEach(event -> {
            batch.add(event);
            if (batch.size() == BATCH) {
                flush(batch);
            }
        });
        flush(batch);
    }

    private void flush(List<Document> batch) {
        if (batch.isEmpty()) {
            return;
        }
        events.insertMany(batch, new InsertManyOptions().ordered(false));
        long now = loaded.addAndGet(batch.size());
        if (now / TOLD_EACH > (now - batch.size()) / TOLD_EACH) {
            Results.progress("  " + now + " events of " + traffic.database());
        }
        batch.clear();
    }
}
