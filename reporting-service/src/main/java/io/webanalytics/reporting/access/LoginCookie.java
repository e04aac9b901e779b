package io.webanalytics.reporting.access;

import com.mongodb.MongoException;
import io.webanalytics.service.access.Caller;
import io.webanalytics.service.access.CannotTellException;
import io.webanalytics.service.access.Credentials;
import io.webanalytics.store.sites.Account;
import io.webanalytics.store.sites.LoginStore;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/** Logins in a cookie that scripts cannot read, and that browsers send with no request of another site's page but a link. */
@Component
public final class LoginCookie implements Credentials {

    static final String NAME = "login";

    /** How long a login lasts. */
    private static final Duration LENGTH = Duration.ofDays(30);

    private final LoginStore logins;
    private final Clock clock;

    LoginCookie(LoginStore logins, Clock clock) {
        this.logins = logins;
        this.clock = clock;
    }

    @Override
    public boolean areIn(HttpServletRequest request) {
        return WebUtils.getCookie(request, NAME) != null;
    }

    @Override
    public @Nullable Caller caller(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        try {
            Account account = cookie == null ? null : logins.account(cookie.getValue(), clock.instant());
            return account == null ? null : caller(account);
        } catch (MongoException e) {
            throw new CannotTellException("Logins cannot be read.", e);
        }
    }

    /** Returns the caller that a login of an account is. */
    public static Caller caller(Account account) {
        return new Caller(Caller.Kind.LOGIN, account.name(), account.grants());
    }

    /** Begins a login. Returns its cookie. */
    public ResponseCookie begin(Account account, HttpServletRequest request) {
        return cookie(logins.begin(account, clock.instant(), LENGTH), LENGTH, request);
    }

    /** Ends the login of a request, if it has one. Returns the cookie that replaces its own. */
    public ResponseCookie end(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        if (cookie != null) {
            logins.end(cookie.getValue());
        }
        return cookie("", Duration.ZERO, request);
    }

    private static ResponseCookie cookie(String value, Duration length, HttpServletRequest request) {
        return ResponseCookie.from(NAME, value)
                .path("/")
                .maxAge(length)
                .httpOnly(true)
                .sameSite("Lax")
                .secure(request.isSecure())
                .build();
    }
}
