package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.webanalytics.sites.Access;
import io.webanalytics.testing.TcpProxy;
import io.webanalytics.testing.TestServers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/** A reporting service with a database of its own and an owner. There is one for each kind of access, which ends with the JVM. */
public final class Installation {

    public static final String OWNER = "admin";
    public static final String PASSWORD = "the first password";

    private static final Map<Access, Installation> STARTED = new EnumMap<>(Access.class);

    private final String database = "installation-" + UUID.randomUUID();
    private final TcpProxy mongo = new TcpProxy(TestServers.mongo().url());
    private final MongoClient client = MongoClients.create(TestServers.mongo().url());
    private final String url;
    private @Nullable ApiClient owner;

    private Installation(Access access) {
        var context = (WebServerApplicationContext) ReportingApplication.application()
                .run(
                        "--server.port=0",
                        "--access=" + access.word(),
                        "--admin-password=" + PASSWORD,
                        "--trusted-proxies=127.0.0.1",
                        "--spring.mongodb.uri=" + mongo.url(database));
        url = "http://localhost:" + context.getWebServer().getPort();
        Runtime.getRuntime().addShutdownHook(new Thread(this::drop));
        await("the first owner")
                .until(() -> database().getCollection("accounts").countDocuments() > 0);
    }

    /** Returns the one where access is open. */
    public static Installation open() {
        return of(Access.OPEN);
    }

    /** Returns the one where access needs keys. */
    public static Installation keys() {
        return of(Access.KEYS);
    }

    private static synchronized Installation of(Access access) {
        return STARTED.computeIfAbsent(access, Installation::new);
    }

    private void drop() {
        database().drop();
        client.close();
    }

    /** Returns the line to MongoDB. */
    public TcpProxy mongo() {
        return mongo;
    }

    /** Returns what it stores. */
    public MongoDatabase database() {
        return client.getDatabase(database);
    }

    /** Returns everything that is stored, as JSON. */
    public String stored() {
        return documents().stream().map(Document::toJson).collect(Collectors.joining("\n"));
    }

    private List<Document> documents() {
        List<Document> documents = new ArrayList<>();
        database()
                .listCollectionNames()
                .forEach(name -> database().getCollection(name).find().into(documents));
        return documents;
    }

    /** Returns a client that has neither a key nor a login. */
    public ApiClient nobody() {
        return new ApiClient(url, List.of());
    }

    /** Returns a client with a login of the first owner, which the tests share. */
    public synchronized ApiClient owner() {
        if (owner == null) {
            owner = login(OWNER, PASSWORD);
        }
        return owner;
    }

    /** Returns a client with a new login. */
    public ApiClient login(String name, String password) {
        var response = nobody().post("/login", "{\"name\": \"" + name + "\", \"password\": \"" + password + "\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        return nobody().cookie(ApiClient.cookieOf(response));
    }

    /** Returns a client with a key. */
    public ApiClient key(String key) {
        return nobody().with("Authorization", "Bearer " + key);
    }

    /** Returns a client with a new key. */
    public ApiClient newKey(String scope, String... sites) {
        return key(ApiClient.json(owner().post("/keys", newKeyBody(scope, sites)))
                .get("key")
                .asString());
    }

    public static String newKeyBody(String scope, String... sites) {
        String ids = Stream.of(sites).map(site -> "\"" + site + "\"").collect(Collectors.joining(","));
        return "{\"name\": \"a key\", \"scope\": \"" + scope + "\", \"sites\": [" + ids + "]}";
    }

    /** Makes a site with a new id. Returns the id. */
    public String newSite(String moreFields) {
        String id = "site-" + UUID.randomUUID();
        assertThat(owner().post("/sites", "{\"site_id\": \"" + id + "\"" + moreFields + "}")
                        .statusCode())
                .isEqualTo(201);
        return id;
    }

    /** Makes an account with a new name and a role on a site. Returns the name; its password is {@link #PASSWORD}. */
    public String newAccount(String site, String role) {
        String name = "user-" + UUID.randomUUID();
        String body = "{\"name\": \"" + name + "\", \"password\": \"" + PASSWORD + "\", \"roles\": {\"" + site
                + "\": \"" + role + "\"}}";
        assertThat(owner().post("/accounts", body).statusCode()).isEqualTo(201);
        return name;
    }
}
