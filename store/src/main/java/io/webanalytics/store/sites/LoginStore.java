package io.webanalytics.store.sites;

import static io.webanalytics.store.sites.Documents.CREATED_AT;
import static io.webanalytics.store.sites.Documents.ID;

import com.mongodb.client.MongoDatabase;
import io.webanalytics.sites.KeyToken;
import io.webanalytics.store.CollectionNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.regex.Pattern;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The logins that have not ended. A login is a random token of 255 bits, of which only the SHA-256 is stored. So every instance
 * can check it, it survives a restart, and it ends at once when it is removed, or when its account's password changes. Methods
 * throw a {@link com.mongodb.MongoException} if MongoDB fails.
 */
public final class LoginStore {

    private static final int TOKEN_LENGTH = 43;
    private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z]{" + TOKEN_LENGTH + "}");
    private static final String ACCOUNT = "account";
    private static final String PASSWORD_ID = "password_id";
    private static final String EXPIRES_AT = "expires_at";

    private final Documents logins;
    private final AccountStore accounts;

    public LoginStore(MongoDatabase database) {
        logins = new Documents(database, CollectionNames.LOGINS);
        accounts = new AccountStore(database);
    }

    /** Creates the index by which MongoDB deletes logins that have ended. */
    public void ensureIndex() {
        logins.expire(EXPIRES_AT, 0);
    }

    /**
     * Begins a login.
     *
     * @return its token, for the one who logged in
     */
    public String begin(Account account, Instant now, Duration length) {
        String token = KeyToken.randomText(TOKEN_LENGTH);
        logins.insert(new Document(ID, id(token))
                .append(ACCOUNT, account.name())
                .append(PASSWORD_ID, account.passwordId())
                .append(CREATED_AT, Date.from(now))
                .append(EXPIRES_AT, Date.from(now.plus(length))));
        return token;
    }

    /** Returns the account that is logged in with a token; null if the token is none, or its login has ended. */
    public @Nullable Account account(String token, Instant now) {
        if (!TOKEN.matcher(token).matches()) {
            return null;
        }
        Document login = logins.find(id(token));
        if (login == null || !now.isBefore(login.getDate(EXPIRES_AT).toInstant())) {
            return null;
        }
        Account account = accounts.find(login.getString(ACCOUNT));
        return account != null && account.passwordId().equals(login.getString(PASSWORD_ID)) ? account : null;
    }

    /** Ends a login. An unknown token changes nothing. */
    public void end(String token) {
        logins.delete(id(token));
    }

    private static String id(String token) {
        return KeyToken.sha256(token.getBytes(StandardCharsets.UTF_8));
    }
}
