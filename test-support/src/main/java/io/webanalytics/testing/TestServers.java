package io.webanalytics.testing;

import io.webanalytics.embedded.EmbeddedMongo;
import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.embedded.ServerUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The servers of the tests, started once per JVM. They are embedded, unless {@code REDIS_URL} and {@code MONGODB_URI}
 * in the environment name others. Contract tests run a second time in containers where there is Docker.
 */
public final class TestServers {

    private static final Lazy REDIS = new Lazy(TestServers::findRedis);
    private static final Lazy MONGO = new Lazy(TestServers::findMongo);
    private static final Lazy REDIS_CONTAINER = new Lazy(() -> new Server(
            "redis:8",
            "redis://" + container("redis:8", 6379, "redis-server", "--appendonly", "yes", "--appendfsync", "always")));
    private static final Lazy MONGO_CONTAINER =
            new Lazy(() -> new Server("mongo:8", "mongodb://" + container("mongo:8", 27017)));

    private TestServers() {}

    /**
     * A server to test against.
     *
     * @param name what it is, for the names of tests
     * @param url its URL
     */
    public record Server(String name, String url) {

        /** Returns the URL of a database of a MongoDB. */
        public String url(String database) {
            return ServerUrl.of(url).database(database).toString();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Returns the Redis of all tests but the contract tests' second run. */
    public static Server redis() {
        return REDIS.get();
    }

    /** Returns the MongoDB of all tests but the contract tests' second run. */
    public static Server mongo() {
        return MONGO.get();
    }

    /** Returns the Redis servers that the contract tests run against, one after the other. */
    public static List<Server> everyRedis() {
        return withContainer(REDIS, REDIS_CONTAINER, "redis:8");
    }

    /** Returns the MongoDB servers that the contract tests run against, one after the other. */
    public static List<Server> everyMongo() {
        return withContainer(MONGO, MONGO_CONTAINER, "mongo:8");
    }

    private static List<Server> withContainer(Lazy first, Lazy container, String image) {
        List<Server> servers = new ArrayList<>(List.of(first.get()));
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            notRun(image, "there is no Docker here");
            return servers;
        }
        try {
            servers.add(container.get());
        } catch (ContainerFetchException e) {
            notRun(image, "Docker cannot get the image");
        }
        return servers;
    }

    private static void notRun(String image, String reason) {
        System.out.println("NOT RUN: the contract tests in a container of " + image + ": " + reason);
    }

    private static Server findRedis() {
        String given = System.getenv("REDIS_URL");
        if (given != null) {
            return new Server("REDIS_URL", given);
        }
        EmbeddedRedis embedded = EmbeddedRedis.start(null);
        Runtime.getRuntime().addShutdownHook(new Thread(embedded::close));
        return new Server("embedded Redis", embedded.url());
    }

    private static Server findMongo() {
        String given = System.getenv("MONGODB_URI");
        return given != null
                ? new Server("MONGODB_URI", given)
                : new Server("embedded MongoDB", EmbeddedMongo.start(null).url());
    }

    @SuppressWarnings("resource") // stopped with the JVM
    private static String container(String image, int port, String... command) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image)).withExposedPorts(port);
        if (command.length > 0) {
            container.withCommand(command);
        }
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        return container.getHost() + ":" + container.getMappedPort(port);
    }

    private static final class Lazy {

        private final Supplier<Server> start;
        private volatile Server server;

        Lazy(Supplier<Server> start) {
            this.start = start;
        }

        synchronized Server get() {
            if (server == null) {
                server = start.get();
            }
            return server;
        }
    }
}
