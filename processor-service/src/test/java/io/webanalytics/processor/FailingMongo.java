package io.webanalytics.processor;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** A MongoDB that stores what it is given, until a test has it answer inserts of events, or writes to another collection, as one in trouble does. */
public final class FailingMongo implements AutoCloseable {

    private static final Fault NONE = (insert, store) -> store.apply(insert);

    private final MongoServer server = new MongoServer(new Backend());
    private final List<Insert> inserts = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Fault fault = NONE;
    private volatile @Nullable String refused;
    private volatile Runnable beforeAggregations = () -> {};

    private final MongoClient client;

    public FailingMongo() {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = MongoClients.create(url());
    }

    /** How the command {@code insert} is answered, and what of it is stored before. */
    @FunctionalInterface
    interface Fault {
        Document answer(Document insert, UnaryOperator<Document> store);
    }

    /**
     * An {@code insert} as it came.
     *
     * @param nanos when it came
     */
    record Insert(long nanos, Document command) {

        int size() {
            return documents(command).size();
        }

        boolean contains(String path) {
            return documents(command).stream().anyMatch(document -> path.equals(document.get("path")));
        }
    }

    public String url() {
        return "mongodb://127.0.0.1:" + server.getLocalAddress().getPort();
    }

    /** How many events are stored. */
    long stored() {
        return client.getDatabase("analytics").getCollection("events").countDocuments();
    }

    void fail(Fault inserts) {
        this.inserts.clear();
        fault = inserts;
    }

    /** Refuses to change documents of a collection, and takes events. */
    void failUpdates(String collection) {
        inserts.clear();
        refused = collection;
    }

    /** Runs a task before it answers each aggregation. */
    void beforeAggregations(Runnable task) {
        beforeAggregations = task;
    }

    void work() {
        fault = NONE;
        refused = null;
        beforeAggregations = () -> {};
    }

    /** The inserts since the last {@link #fail}. */
    List<Insert> inserts() {
        return inserts;
    }

    /** Refuses the command as a whole. */
    static Fault refusing(int code, String name) {
        return (insert, store) -> new Document("ok", 0.0)
                .append("errmsg", name)
                .append("code", code)
                .append("codeName", name);
    }

    /** Stores the documents but those with a path, which it refuses with a code; {@code *} is any path. */
    static Fault refusing(int code, String name, String path) {
        return (insert, store) -> {
            List<Document> documents = documents(insert);
            List<Document> good = new ArrayList<>();
            List<Document> errors = new ArrayList<>();
            for (int i = 0; i < documents.size(); i++) {
                if (path.equals("*") || path.equals(documents.get(i).get("path"))) {
                    errors.add(error(code, name).append("index", i));
                } else {
                    good.add(documents.get(i));
                }
            }
            Document answer =
                    good.isEmpty() ? stored(0) : store.apply(insert.clone().append("documents", good));
            for (Document duplicate : writeErrors(answer)) {
                Document document = good.get((Integer) duplicate.get("index"));
                errors.add(duplicate.clone().append("index", documents.indexOf(document)));
            }
            return errors.isEmpty() ? answer : answer.append("writeErrors", errors);
        };
    }

    /** Stores the documents, and says that too few servers have them. */
    static Fault missingItsWriteConcern() {
        return (insert, store) ->
                store.apply(insert).append("writeConcernError", error(64, "waiting for replication timed out"));
    }

    /** Does not reply until it works again, and only then executes the command. */
    Fault hanging() {
        return (insert, store) -> {
            try {
                while (fault != NONE && !closed.await(10, TimeUnit.MILLISECONDS)) {
                    // as long as it takes
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return store.apply(insert);
        };
    }

    @Override
    public void close() {
        closed.countDown();
        client.close();
        server.shutdownNow();
    }

    private static Document stored(int count) {
        return new Document("n", count).append("ok", 1.0);
    }

    private static Document error(int code, String message) {
        return new Document("code", code).append("errmsg", message);
    }

    @SuppressWarnings("unchecked")
    private static List<Document> documents(Document insert) {
        return (List<Document>) insert.get("documents");
    }

    @SuppressWarnings("unchecked")
    private static List<Document> writeErrors(Document answer) {
        Object errors = answer.get("writeErrors");
        return errors == null ? List.of() : (List<Document>) errors;
    }

    private final class Backend extends H2Backend {

        Backend() {
            super(MVStore.open(null));
        }

        @Override
        public Document handleMessage(MongoMessage message) {
            Document command = message.getDocument();
            if (refused != null && refused.equals(command.get("update"))) {
                return refusing(13, "Unauthorized").answer(command, UnaryOperator.identity());
            }
            if (command.containsKey("aggregate")) {
                beforeAggregations.run();
            }
            if (!"events".equals(command.get("insert"))) {
                return super.handleMessage(message);
            }
            inserts.add(new Insert(System.nanoTime(), command));
            return fault.answer(
                    command,
                    insert -> super.handleMessage(new MongoMessage(message.getChannel(), message.getHeader(), insert)));
        }
    }
}
