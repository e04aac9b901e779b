package io.webanalytics.reporting.access;

import io.webanalytics.model.Outage;
import io.webanalytics.service.InvalidSettingException;
import io.webanalytics.service.access.Guard;
import io.webanalytics.sites.Access;
import io.webanalytics.sites.Grants;
import io.webanalytics.sites.KeyToken;
import io.webanalytics.sites.Role;
import io.webanalytics.store.sites.Account;
import io.webanalytics.store.sites.AccountStore;
import io.webanalytics.store.sites.KeyStore;
import io.webanalytics.store.sites.LoginStore;
import io.webanalytics.store.sites.SiteStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Makes the indexes of sites, keys and logins as soon as MongoDB can be reached. Makes the account {@code admin}, too, if nobody
 * may operate the installation yet. Its password is the setting {@code admin-password}. Without that, access by keys gets a random
 * one, which is printed this once.
 */
@Component
final class FirstOwner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FirstOwner.class);

    static final String NAME = "admin";

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int RANDOM_LENGTH = 20;

    private final AccountStore accounts;
    private final SiteStore sites;
    private final KeyStore keys;
    private final LoginStore logins;
    private final Passwords passwords;
    private final Guard guard;
    private final Clock clock;
    private final String given;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "first-owner"));
    private final Outage outage = new Outage("MongoDB (first owner)");
    private volatile boolean running;

    FirstOwner(
            AccountStore accounts,
            SiteStore sites,
            KeyStore keys,
            LoginStore logins,
            Passwords passwords,
            Guard guard,
            Clock clock,
            @Value("${admin-password:}") String given) {
        if (!given.isEmpty() && !Passwords.isAllowed(given)) {
            throw new InvalidSettingException("admin-password", Passwords.RULE);
        }
        this.accounts = accounts;
        this.sites = sites;
        this.keys = keys;
        this.logins = logins;
        this.passwords = passwords;
        this.guard = guard;
        this.clock = clock;
        this.given = given;
    }

    @Override
    public void start() {
        running = true;
        thread.execute(this::prepare);
    }

    private void prepare() {
        try {
            keys.ensureIndex();
            logins.ensureIndex();
            if (accounts.all().stream().noneMatch(Account::isOperator)) {
                make();
            }
            if (!sites.ensureIndex()) {
                log.warn(
                        "There are sites whose ids differ in upper and lower case only. More of them may be made at once.");
            }
            outage.worked();
            thread.shutdown();
        } catch (RuntimeException e) {
            if (running) {
                outage.failed(e.toString());
                thread.schedule(this::prepare, RETRY.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void make() {
        boolean random = given.isEmpty();
        if (random && guard.access() == Access.OPEN) {
            return;
        }
        String password = random ? KeyToken.randomText(RANDOM_LENGTH) : given;
        Map<String, Role> roles = Map.of(Grants.ALL_SITES, Role.OWNER);
        boolean added = accounts.add(passwords.account(NAME, password, roles, clock.instant()));
        if (added && random) {
            System.out.println("The account " + NAME + " was made. Its password is printed this once: " + password);
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
