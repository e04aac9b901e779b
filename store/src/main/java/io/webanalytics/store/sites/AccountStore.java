package io.webanalytics.store.sites;

import static io.webanalytics.store.sites.Documents.CREATED_AT;
import static io.webanalytics.store.sites.Documents.ID;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import io.webanalytics.sites.Role;
import io.webanalytics.store.CollectionNames;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The accounts that were made. Methods throw a {@link com.mongodb.MongoException} if MongoDB fails. */
public final class AccountStore {

    /** The most accounts of an installation. */
    public static final int MOST = 1_000;

    private static final String PASSWORD = "password";
    private static final String PASSWORD_ID = "password_id";
    private static final String ROLES = "roles";
    private static final String SITE = "site";
    private static final String ROLE = "role";

    private final Documents accounts;

    public AccountStore(MongoDatabase database) {
        accounts = new Documents(database, CollectionNames.ACCOUNTS);
    }

    /**
     * Adds an account.
     *
     * @return false if there is an account of that name
     */
    public boolean add(Account account) {
        return accounts.insert(document(account));
    }

    /** Returns the account of a name; null if there is none. */
    public @Nullable Account find(String name) {
        Document found = accounts.find(name);
        return found == null ? null : account(found);
    }

    /** Returns all accounts, {@link #MOST} at most, in the order of their names. */
    public List<Account> all() {
        return accounts.collection
                .find()
                .sort(Sorts.ascending(ID))
                .limit(MOST)
                .map(AccountStore::account)
                .into(new ArrayList<>());
    }

    /**
     * Replaces an account, unless it has changed meanwhile.
     *
     * @param before the account as it was read
     * @return whether it was replaced
     */
    public boolean replace(Account before, Account after) {
        return accounts.replace(document(before), document(after));
    }

    /** Removes an account. Returns whether there was one. */
    public boolean remove(String name) {
        return accounts.delete(name);
    }

    /** Takes a site from the accounts that have a role on it. */
    public void removeSite(String siteId) {
        Document ofIt = new Document(SITE, siteId);
        accounts.collection.updateMany(Filters.eq(ROLES + "." + SITE, siteId), Updates.pull(ROLES, ofIt));
    }

    private static Document document(Account account) {
        return new Document(ID, account.name())
                .append(PASSWORD, account.password())
                .append(PASSWORD_ID, account.passwordId())
                .append(
                        ROLES,
                        new TreeMap<>(account.roles())
                                .entrySet().stream()
                                        .map(entry -> new Document(SITE, entry.getKey())
                                                .append(ROLE, entry.getValue().word()))
                                        .toList())
                .append(CREATED_AT, Date.from(account.createdAt()));
    }

    private static Account account(Document document) {
        return new Account(
                document.getString(ID),
                document.getString(PASSWORD),
                document.getString(PASSWORD_ID),
                document.getList(ROLES, Document.class).stream()
                        .collect(Collectors.toMap(
                                role -> role.getString(SITE),
                                role -> Role.valueOf(role.getString(ROLE).toUpperCase(Locale.ROOT)))),
                Documents.createdAt(document));
    }
}
