package io.webanalytics.benchmark;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.embedded.EmbeddedMongo;
import io.webanalytics.embedded.ServerUrl;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;

/** The MongoDB that {@code MONGODB_URI} names, or the embedded one, whose figures say little: it scans for every query. */
public final class Store implements AutoCloseable {

    private final @Nullable EmbeddedMongo embedded;
    private final ServerUrl server;
    private final MongoClient client;

    private Store(@Nullable EmbeddedMongo embedded, String uri) {
        this.embedded = embedded;
        this.server = ServerUrl.of(uri);
        this.client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
    }

    static Store open() {
        String uri = System.getenv("MONGODB_URI");
        if (uri != null && !uri.isBlank()) {
            return new Store(null, uri);
        }
        EmbeddedMongo embedded = EmbeddedMongo.start(null);
        return new Store(embedded, embedded.url());
    }

    public boolean isEmbedded() {
        return embedded != null;
    }

    public MongoDatabase database(String name) {
        return client.getDatabase(name);
    }

    /** Returns a connection string that names a database, for a service. */
    public String uri(String database) {
        return server.database(database).toString();
    }

    /** Describes the server in its own words. */
    String engine() {
        Document status = client.getDatabase("admin").runCommand(new Document("serverStatus", 1));
        Document build = client.getDatabase("admin").runCommand(new Document("buildInfo", 1));
        String storage = status.get("storageEngine", new Document()).get("name", "unnamed");
        return (isEmbedded() ? "the embedded server; it says: " : "it says: ") + "version " + build.get("version")
                + ", storage engine " + storage;
    }

    @Override
    public void close() {
        client.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
