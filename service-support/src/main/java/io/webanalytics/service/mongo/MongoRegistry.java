package io.webanalytics.service.mongo;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.service.access.RegistrySource;
import io.webanalytics.sites.Registry;
import io.webanalytics.store.sites.KeyStore;
import io.webanalytics.store.sites.SiteStore;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;

/** The registry that the sites and keys in MongoDB are. */
public final class MongoRegistry implements RegistrySource {

    private final SiteStore sites;
    private final KeyStore keys;
    private final Clock clock;

    /** @param clock tells which keys have expired */
    public MongoRegistry(MongoDatabase database, Clock clock) {
        this.clock = clock;
        sites = new SiteStore(database);
        keys = new KeyStore(database);
    }

    /** @throws com.mongodb.MongoException if MongoDB fails */
    @Override
    public Registry read() {
        return new Registry(sites.all(), keys.active(clock.instant()));
    }

    @Override
    public void used(Map<String, LocalDate> days) {
        keys.used(days);
    }
}
