package io.webanalytics.embedded;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A server in this JVM that speaks MongoDB's protocol, on a free port of 127.0.0.1. It scans where MongoDB would use an
 * index. Its data on disk survives only an orderly stop. It is for trying things out, not for keeping data.
 */
public final class EmbeddedMongo implements AutoCloseable {

    private final MongoServer server;
    private final int port;

    private EmbeddedMongo(H2Backend backend) {
        server = new MongoServer(backend);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        port = server.getLocalAddress().getPort();
    }

    /**
     * Starts a server.
     *
     * @param dataDir the folder of data that outlives this process, or null to keep the data in memory
     */
    public static EmbeddedMongo start(@Nullable Path dataDir) {
        if (dataDir == null) {
            return new EmbeddedMongo(H2Backend.inMemory());
        }
        try {
            Path file = Files.createDirectories(dataDir.resolve("mongo")).resolve("mongo.mv");
            return new EmbeddedMongo(new H2Backend(file.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded MongoDB cannot use " + dataDir + ": " + e.getMessage(), e);
        }
    }

    /** Returns a connection string without a database. */
    public String url() {
        return "mongodb://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
