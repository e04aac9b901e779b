package io.webanalytics.store.sites;

import static io.webanalytics.store.sites.Documents.CREATED_AT;
import static io.webanalytics.store.sites.Documents.ID;
import static io.webanalytics.store.sites.Documents.NAME;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.webanalytics.sites.Registry;
import io.webanalytics.sites.Site;
import io.webanalytics.store.CollectionNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The sites that were made. Methods throw a {@link com.mongodb.MongoException} if MongoDB fails. */
public final class SiteStore {

    private static final String LOWER = "lower";
    private static final String TIMEZONE = "timezone";
    private static final String HOSTNAMES = "hostnames";
    private static final String RETENTION_DAYS = "retention_days";
    private static final String PUBLIC = "public";

    private final Documents sites;

    public SiteStore(MongoDatabase database) {
        sites = new Documents(database, CollectionNames.SITES);
    }

    /**
     * Creates the index by which MongoDB refuses ids that differ in upper and lower case only.
     *
     * @return false if there are such sites already
     */
    public boolean ensureIndex() {
        return sites.unique(LOWER);
    }

    /**
     * Adds a site.
     *
     * @return false if there is a site of that id, or with the index one whose id differs in upper and lower case only
     */
    public boolean add(Site site) {
        return sites.insert(document(site));
    }

    /** Returns the site of an id; null if there is none. */
    public @Nullable Site find(String siteId) {
        Document found = sites.find(siteId);
        return found == null ? null : site(found);
    }

    /** Returns the id of a site that differs from an id in upper and lower case only, or not at all; null if there is none. */
    public @Nullable String similar(String siteId) {
        Document found = sites.collection
                .find(Filters.eq(LOWER, siteId.toLowerCase(Locale.ROOT)))
                .first();
        return found == null ? null : found.getString(ID);
    }

    /** Returns those of some ids that no site has. */
    public List<String> missing(Collection<String> siteIds) {
        List<String> missing = new ArrayList<>(siteIds);
        missing.removeAll(sites.collection
                .find(Filters.in(ID, siteIds))
                .map(found -> found.getString(ID))
                .into(new HashSet<>()));
        return missing;
    }

    /** Returns all sites, {@link Registry#MOST_SITES} at most, in the order of their ids. */
    public List<Site> all() {
        return sites.collection
                .find()
                .sort(Sorts.ascending(ID))
                .limit(Registry.MOST_SITES)
                .map(SiteStore::site)
                .into(new ArrayList<>());
    }

    /** Returns the number of sites. */
    public long count() {
        return sites.collection.countDocuments();
    }

    /**
     * Replaces a site, unless it has changed meanwhile.
     *
     * @param before the site as it was read
     * @return whether it was replaced
     */
    public boolean replace(Site before, Site after) {
        return sites.replace(document(before), document(after));
    }

    /** Removes a site. Returns whether there was one. Its events stay. */
    public boolean remove(String siteId) {
        return sites.delete(siteId);
    }

    private static Document document(Site site) {
        return new Document(ID, site.siteId())
                .append(LOWER, site.siteId().toLowerCase(Locale.ROOT))
                .append(NAME, site.name())
                .append(TIMEZONE, site.timezone())
                .append(HOSTNAMES, site.hostnames())
                .append(RETENTION_DAYS, site.retentionDays())
                .append(PUBLIC, site.isPublic())
                .append(CREATED_AT, Date.from(site.createdAt()));
    }

    private static Site site(Document document) {
        return new Site(
                document.getString(ID),
                document.getString(NAME),
                document.getString(TIMEZONE),
                document.getList(HOSTNAMES, String.class),
                document.getInteger(RETENTION_DAYS),
                document.getBoolean(PUBLIC),
                Documents.createdAt(document));
    }
}
