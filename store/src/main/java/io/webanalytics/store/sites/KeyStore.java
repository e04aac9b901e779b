package io.webanalytics.store.sites;

import static io.webanalytics.store.sites.Documents.CREATED_AT;
import static io.webanalytics.store.sites.Documents.ID;
import static io.webanalytics.store.sites.Documents.NAME;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import io.webanalytics.sites.ApiKey;
import io.webanalytics.sites.KeyScope;
import io.webanalytics.sites.Registry;
import io.webanalytics.store.CollectionNames;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The keys that were made. Methods throw a {@link com.mongodb.MongoException} if MongoDB fails. */
public final class KeyStore {

    /** How long a revoked key is listed. */
    private static final long REVOKED_KEPT_DAYS = 90;

    private static final String HASH = "hash";
    private static final String SCOPE = "scope";
    private static final String SITES = "sites";
    private static final String EXPIRES_AT = "expires_at";
    private static final String LAST_USED = "last_used";
    private static final String REVOKED_AT = "revoked_at";
    private static final Bson NOT_REVOKED = Filters.eq(REVOKED_AT, null);

    private final Documents keys;

    public KeyStore(MongoDatabase database) {
        keys = new Documents(database, CollectionNames.KEYS);
    }

    /** Creates the index by which MongoDB deletes keys some time after they were revoked. */
    public void ensureIndex() {
        keys.expire(REVOKED_AT, REVOKED_KEPT_DAYS);
    }

    /**
     * Adds a key.
     *
     * @return false if there is a key of that prefix
     */
    public boolean add(KeyDetails details) {
        ApiKey key = details.key();
        return keys.insert(new Document(ID, key.prefix())
                .append(HASH, key.hash())
                .append(SCOPE, key.scope().word())
                .append(SITES, key.sites())
                .append(EXPIRES_AT, Documents.date(key.expiresAt()))
                .append(NAME, details.name())
                .append(CREATED_AT, Date.from(details.createdAt()))
                .append(
                        LAST_USED,
                        details.lastUsed() == null ? null : details.lastUsed().toString())
                .append(REVOKED_AT, Documents.date(details.revokedAt())));
    }

    /** Returns the key of a prefix; null if there is none. */
    public @Nullable KeyDetails find(String prefix) {
        Document found = keys.find(prefix);
        return found == null ? null : details(found);
    }

    /** Returns the newest keys, the newest first. */
    public List<KeyDetails> list(int limit) {
        return list(Filters.empty(), limit);
    }

    /** Returns the newest keys that are for a site alone, the newest first. */
    public List<KeyDetails> ofSite(String siteId, int limit) {
        return list(ofSiteAlone(siteId), limit);
    }

    private List<KeyDetails> list(Bson filter, int limit) {
        return keys.collection
                .find(filter)
                .sort(Sorts.orderBy(Sorts.descending(CREATED_AT), Sorts.ascending(ID)))
                .limit(limit)
                .map(KeyStore::details)
                .into(new ArrayList<>());
    }

    /** Returns the keys that are neither revoked nor expired, {@link Registry#MOST_KEYS} at most. */
    public List<ApiKey> active(Instant now) {
        return keys.collection
                .find(activeAt(now))
                .limit(Registry.MOST_KEYS)
                .map(KeyStore::key)
                .into(new ArrayList<>());
    }

    /** Returns the number of keys that are neither revoked nor expired. */
    public long countActive(Instant now) {
        return keys.collection.countDocuments(activeAt(now));
    }

    /** Returns the number of keys for a site alone that are neither revoked nor expired. */
    public long countActiveOfSite(String siteId, Instant now) {
        return keys.collection.countDocuments(Filters.and(ofSiteAlone(siteId), activeAt(now)));
    }

    private static Bson activeAt(Instant now) {
        Bson notExpired = Filters.or(Filters.eq(EXPIRES_AT, null), Filters.gt(EXPIRES_AT, Date.from(now)));
        return Filters.and(NOT_REVOKED, notExpired);
    }

    private static Bson ofSiteAlone(String siteId) {
        return Filters.eq(SITES, List.of(siteId));
    }

    /** Revokes a key. Returns false if it was revoked before, or there is none. */
    public boolean revoke(String prefix, Instant now) {
        return keys.collection
                        .updateOne(
                                Filters.and(Filters.eq(prefix), NOT_REVOKED), Updates.set(REVOKED_AT, Date.from(now)))
                        .getModifiedCount()
                > 0;
    }

    /** Takes a site from the keys that have others, too, and revokes those that have only this one. */
    public void removeSite(String siteId, Instant now) {
        Bson ofIt = Filters.eq(SITES, siteId);
        keys.collection.updateMany(
                Filters.and(ofSiteAlone(siteId), NOT_REVOKED), Updates.set(REVOKED_AT, Date.from(now)));
        keys.collection.updateMany(Filters.and(ofIt, NOT_REVOKED), Updates.pull(SITES, siteId));
    }

    /** Notes the days on which keys were used, by their prefixes. An earlier day than the noted one changes nothing. */
    public void used(Map<String, LocalDate> days) {
        List<WriteModel<Document>> notes = days.entrySet().stream()
                .<WriteModel<Document>>map(
                        use -> used(use.getKey(), use.getValue().toString()))
                .toList();
        keys.collection.bulkWrite(notes, new BulkWriteOptions().ordered(false));
    }

    private static UpdateOneModel<Document> used(String prefix, String day) {
        Bson earlier = Filters.or(Filters.eq(LAST_USED, null), Filters.lt(LAST_USED, day));
        return new UpdateOneModel<>(Filters.and(Filters.eq(prefix), earlier), Updates.set(LAST_USED, day));
    }

    private static KeyDetails details(Document document) {
        String lastUsed = document.getString(LAST_USED);
        return new KeyDetails(
                key(document),
                document.getString(NAME),
                Documents.createdAt(document),
                lastUsed == null ? null : LocalDate.parse(lastUsed),
                Documents.instant(document, REVOKED_AT));
    }

    private static ApiKey key(Document document) {
        return new ApiKey(
                document.getString(ID),
                document.getString(HASH),
                KeyScope.valueOf(document.getString(SCOPE).toUpperCase(Locale.ROOT)),
                document.getList(SITES, String.class),
                Documents.instant(document, EXPIRES_AT));
    }
}
