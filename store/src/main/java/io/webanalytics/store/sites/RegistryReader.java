package io.webanalytics.store.sites;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.sites.Registry;

/** Reads the registry from the sites and keys. */
public final class RegistryReader {

    private final SiteStore sites;
    private final KeyStore keys;

    public RegistryReader(MongoDatabase database) {
        sites = new SiteStore(database);
        keys = new KeyStore(database);
    }

    /** @throws com.mongodb.MongoException if MongoDB fails */
    public Registry read() {
        return new Registry(sites.all(), keys.active());
    }
}
