package io.webanalytics.service.mongo;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.service.access.RegistrySource;
import io.webanalytics.sites.Registry;
import io.webanalytics.store.sites.KeyStore;
import io.webanalytics.store.sites.SiteStore;
import java.time.LocalDate;
import java.util.Map;

/** The registry that the sites and keys in MongoDB are. */
public final class MongoRegistry implements RegistrySource {

    private final SiteStore sites;
    private final KeyStore keys;

    public MongoRegistry(MongoDatabase database) {
        sites = new SiteStore(database);
        keys = new KeyStore(database);
    }

    /** @throws com.mongodb.MongoException if MongoDB fails */
    @Override
    public Registry read() {
        return new Registry(sites.all(), keys.active());
    }

    @Override
    public void used(Map<String, LocalDate> days) {
        keys.used(days);
    }
}
