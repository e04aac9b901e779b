package io.webanalytics.reporting.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.webanalytics.reporting.access.LoginAttempts;
import io.webanalytics.reporting.access.LoginCookie;
import io.webanalytics.reporting.access.Passwords;
import io.webanalytics.service.access.Caller;
import io.webanalytics.service.access.Guard;
import io.webanalytics.service.http.ClientAddress;
import io.webanalytics.sites.Access;
import io.webanalytics.sites.Permission;
import io.webanalytics.store.sites.Account;
import io.webanalytics.store.sites.AccountStore;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Logins: their beginning, their end, and who is logged in. */
@RestController
@Tag(name = "Logins")
class LoginController {

    /** Describes the 503 of what encodes or checks a password. */
    static final String BUSY =
            "Too many passwords are checked or changed at once, or what is needed for the answer is away, or takes too long.";

    private static final String MANY_TRIED = "This address has tried too many passwords.";
    private static final String TEXT = "must be a string";

    private final AccountStore accounts;
    private final Passwords passwords;
    private final LoginAttempts attempts;
    private final LoginCookie logins;
    private final Guard guard;

    LoginController(
            AccountStore accounts, Passwords passwords, LoginAttempts attempts, LoginCookie logins, Guard guard) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.attempts = attempts;
        this.logins = logins;
        this.guard = guard;
    }

    /**
     * A name and its password.
     *
     * @param name the name of the account
     * @param password its password
     */
    record Login(String name, String password) {}

    /**
     * A change of one's own password.
     *
     * @param currentPassword the present password
     * @param password the new one: at least 10 characters, at most 72 bytes in UTF-8
     */
    record PasswordChange(@JsonProperty("current_password") String currentPassword, String password) {}

    /**
     * Who the caller is, and what it may do.
     *
     * @param access open: everybody may use everything, whoever they are; keys: a key or a login is needed
     * @param caller how the caller is known: by a key or a login; missing if it is not
     * @param name the prefix of the key, or the name of the account; missing if the caller is not known
     * @param permissions what it may do on each site, by the site's id, or by * for all sites; missing if it is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Me(
            Access access,
            Caller.@Nullable Kind caller,
            @Nullable String name,
            @Nullable Map<String, Set<Permission>> permissions) {}

    /** Begins a login, by a cookie. */
    @PostMapping(path = "/login", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "200", description = "The login has begun.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "401", description = "The name or the password is wrong.")
    @ApiResponse(responseCode = "429", description = MANY_TRIED)
    @ApiResponse(responseCode = "503", description = BUSY)
    ResponseEntity<Me> login(@RequestBody Fields<Login> fields, HttpServletRequest request) {
        fields.require("name", "password");
        String name = fields.text("name", text -> true, TEXT, "");
        String password = fields.text("password", text -> true, TEXT, "");
        fields.check();
        attempts.begin(ClientAddress.of(request), name);
        Account account = accounts.find(name);
        if (!passwords.matches(account, password)) {
            throw new BadCredentialsException("The name or the password is wrong.");
        }
        return begin(account, request);
    }

    /** Ends the login of the request, if it has one. */
    @PostMapping("/logout")
    @ApiResponse(responseCode = "204", description = "There is no login any more.")
    ResponseEntity<Void> logout(HttpServletRequest request) {
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, logins.end(request).toString())
                .build();
    }

    /** Tells who the caller is, and what it may do. */
    @GetMapping("/me")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    Me me() {
        return me(guard.caller());
    }

    /** Changes the caller's own password. This ends all of its logins, and begins another. */
    @PatchMapping(path = "/me", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(responseCode = "200", description = "The password is changed.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "Somebody else changed the account at the same time.")
    @ApiResponse(responseCode = "429", description = MANY_TRIED)
    @ApiResponse(responseCode = "503", description = BUSY)
    ResponseEntity<Me> changePassword(@RequestBody Fields<PasswordChange> fields, HttpServletRequest request) {
        Caller caller = guard.caller();
        Account before = caller == null || caller.kind() != Caller.Kind.LOGIN ? null : accounts.find(caller.name());
        if (before == null) {
            throw new AccessDeniedException("A key has no password.");
        }
        fields.require("current_password", "password");
        String current = fields.text("current_password", text -> true, TEXT, "");
        String password = fields.text("password", Passwords::isAllowed, Passwords.RULE, "");
        fields.check();
        attempts.begin(ClientAddress.of(request), before.name());
        if (!passwords.matches(before, current)) {
            fields.reject("current_password", "must be the present password");
            fields.check();
        }
        Account after = passwords.account(before.name(), password, before.roles(), before.createdAt());
        if (!accounts.replace(before, after)) {
            throw ConflictException.changed("account");
        }
        return begin(after, request);
    }

    private ResponseEntity<Me> begin(Account account, HttpServletRequest request) {
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, logins.begin(account, request).toString())
                .body(me(LoginCookie.caller(account)));
    }

    private Me me(@Nullable Caller caller) {
        return caller == null
                ? new Me(guard.access(), null, null, null)
                : new Me(
                        guard.access(),
                        caller.kind(),
                        caller.name(),
                        caller.grants().bySite());
    }
}
