package io.webanalytics.store.sites;

import io.webanalytics.sites.Grants;
import io.webanalytics.sites.Permission;
import io.webanalytics.sites.Role;
import java.time.Instant;
import java.util.Map;

/**
 * Somebody who may log in.
 *
 * @param name the name to log in with, which nobody else has
 * @param password the encoded password
 * @param passwordId changes with the password: a login that has another one has ended
 * @param roles the role on each site, by its id or by {@link Grants#ALL_SITES}
 * @param createdAt when it was made
 */
public record Account(String name, String password, String passwordId, Map<String, Role> roles, Instant createdAt) {

    public Account {
        roles = Map.copyOf(roles);
    }

    /** Returns what the account allows. */
    public Grants grants() {
        return Grants.ofRoles(roles);
    }

    /** Whether it may operate the installation. */
    public boolean isOperator() {
        return grants().allow(Permission.MANAGE, Grants.ALL_SITES);
    }

    @Override
    public String toString() {
        return "Account[" + name + "]";
    }
}
