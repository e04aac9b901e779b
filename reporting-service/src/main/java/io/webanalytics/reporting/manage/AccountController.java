package io.webanalytics.reporting.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.webanalytics.reporting.access.Passwords;
import io.webanalytics.sites.Role;
import io.webanalytics.store.sites.Account;
import io.webanalytics.store.sites.AccountStore;
import io.webanalytics.store.sites.SiteStore;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The accounts: who may log in, and to which sites. What could take the last owner away happens one after the other in a process. */
@RestController
@Tag(name = "Accounts")
class AccountController {

    private final AccountStore accounts;
    private final SiteStore sites;
    private final Passwords passwords;
    private final Clock clock;

    AccountController(AccountStore accounts, SiteStore sites, Passwords passwords, Clock clock) {
        this.accounts = accounts;
        this.sites = sites;
        this.passwords = passwords;
        this.clock = clock;
    }

    /**
     * Somebody who may log in.
     *
     * @param name the name to log in with
     * @param roles the role on each site, owner or viewer, by the site's id, or by * for all sites
     * @param createdAt when it was made
     */
    record AccountAnswer(
            String name,
            Map<String, Role> roles,
            @JsonProperty("created_at") Instant createdAt) {

        static AccountAnswer of(Account account) {
            return new AccountAnswer(account.name(), new TreeMap<>(account.roles()), account.createdAt());
        }
    }

    /**
     * Accounts.
     *
     * @param accounts in the order of their names
     */
    record AccountList(List<AccountAnswer> accounts) {}

    /**
     * An account to make.
     *
     * @param name the name to log in with
     * @param password at least 10 characters, at most 72 bytes in UTF-8
     * @param roles the role on each site, owner or viewer, by the site's id, or by * for all sites
     */
    record NewAccount(String name, String password, Map<String, Role> roles) {}

    /**
     * What to change of an account. What is missing stays.
     *
     * @param password at least 10 characters, at most 72 bytes in UTF-8; a new one ends all logins of the account
     * @param roles the role on each site, owner or viewer, by the site's id, or by * for all sites
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AccountChanges(
            @Nullable String password, @Nullable Map<String, Role> roles) {}

    /** Lists the accounts. */
    @GetMapping("/accounts")
    AccountList listAccounts() {
        return new AccountList(accounts.all().stream().map(AccountAnswer::of).toList());
    }

    /** Makes an account. */
    @PostMapping(path = "/accounts", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "201", description = "The account is made.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "There is an account of that name, or as many as there may be.")
    @ApiResponse(responseCode = "503", description = LoginController.BUSY)
    ResponseEntity<AccountAnswer> createAccount(@RequestBody Fields<NewAccount> fields) {
        fields.require("name", "password", "roles");
        String name = fields.text("name", Rules::isAccountName, Rules.ACCOUNT_NAME, "");
        String password = fields.text("password", Passwords::isAllowed, Passwords.RULE, "");
        Map<String, Role> roles = fields.read("roles", Rules::roles, Rules.ROLES, Map.of());
        Rules.requireSites(sites, roles.keySet(), fields, "roles");
        fields.check();
        if (accounts.all().size() >= AccountStore.MOST) {
            throw ConflictException.full(AccountStore.MOST, "accounts");
        }
        Account account =
                passwords.account(name, password, roles, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        if (!accounts.add(account)) {
            throw new ConflictException("There is an account of this name already.");
        }
        return ResponseEntity.created(URI.create("/accounts/" + name)).body(AccountAnswer.of(account));
    }

    /**
     * Changes an account's password or roles. A new password ends its logins.
     *
     * @param name the name of the account
     */
    @PatchMapping(path = "/accounts/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "200", description = "The account as it is now.", useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "409",
            description =
                    "Nobody would be left to operate the installation, or somebody else changed the account at the same time.")
    @ApiResponse(responseCode = "503", description = LoginController.BUSY)
    synchronized AccountAnswer changeAccount(
            @PathVariable("name") String name, @RequestBody Fields<AccountChanges> fields) {
        Account before = find(name);
        Map<String, Role> roles = fields.read("roles", Rules::roles, Rules.ROLES, before.roles());
        if (fields.has("roles")) {
            Rules.requireSites(sites, roles.keySet(), fields, "roles");
        }
        String password = fields.text("password", Passwords::isAllowed, Passwords.RULE, "");
        fields.check();
        Account after = password.isEmpty()
                ? new Account(name, before.password(), before.passwordId(), roles, before.createdAt())
                : passwords.account(name, password, roles, before.createdAt());
        if (!after.isOperator()) {
            requireAnotherOperator(before);
        }
        if (!accounts.replace(before, after)) {
            throw ConflictException.changed("account");
        }
        return AccountAnswer.of(after);
    }

    /**
     * Removes an account, and ends its logins.
     *
     * @param name the name of the account
     */
    @DeleteMapping("/accounts/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @ApiResponse(responseCode = "204", description = "The account is removed.")
    @ApiResponse(responseCode = "409", description = "Nobody would be left to operate the installation.")
    synchronized void removeAccount(@PathVariable("name") String name) {
        requireAnotherOperator(find(name));
        accounts.remove(name);
    }

    private Account find(String name) {
        Account account = accounts.find(name);
        if (account == null) {
            throw new NotThereException("There is no account of this name.");
        }
        return account;
    }

    private void requireAnotherOperator(Account account) {
        boolean another = accounts.all().stream()
                .anyMatch(other -> other.isOperator() && !other.name().equals(account.name()));
        if (account.isOperator() && !another) {
            throw new ConflictException("Nobody else is an owner of all sites: somebody must be.");
        }
    }
}
