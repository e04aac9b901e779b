package io.webanalytics.sites;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a caller may do, site by site. */
public final class Grants {

    /** Stands for all sites, those included that are made later. No site has this id. */
    public static final String ALL_SITES = "*";

    private final Map<String, Set<Permission>> bySite;
    private final Set<Permission> somewhere = EnumSet.noneOf(Permission.class);

    private Grants(Map<String, Set<Permission>> bySite) {
        this.bySite = bySite;
        bySite.values().forEach(somewhere::addAll);
    }

    static Grants of(KeyScope scope, Collection<String> sites) {
        Map<String, Set<Permission>> bySite = new TreeMap<>();
        sites.forEach(site -> bySite.put(site, scope.permissions()));
        return new Grants(bySite);
    }

    /** @param roles the role on each site, by its id or by {@link #ALL_SITES} */
    public static Grants ofRoles(Map<String, Role> roles) {
        Map<String, Set<Permission>> bySite = new TreeMap<>();
        roles.forEach((site, role) -> bySite.put(site, role.permissions()));
        return new Grants(bySite);
    }

    /** Whether a permission holds on a site, or on all of them if {@link #ALL_SITES} is asked for. */
    public boolean allow(Permission permission, String siteId) {
        return holds(permission, siteId) || holds(permission, ALL_SITES);
    }

    /** Whether a permission holds on any site. */
    public boolean allowSomewhere(Permission permission) {
        return somewhere.contains(permission);
    }

    /** Returns the permissions on each site, by its id or by {@link #ALL_SITES}. */
    public Map<String, Set<Permission>> bySite() {
        return Collections.unmodifiableMap(bySite);
    }

    private boolean holds(Permission permission, String siteId) {
        Set<Permission> permissions = bySite.get(siteId);
        return permissions != null && permissions.contains(permission);
    }
}
