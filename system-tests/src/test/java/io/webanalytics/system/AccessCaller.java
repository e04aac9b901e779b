package io.webanalytics.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Somebody who makes requests with a key, with a login, with both or with neither. */
final class AccessCaller {

    static final AccessCaller ANONYMOUS = new AccessCaller("nobody", null, null, null);

    private static final AtomicInteger REQUESTS = new AtomicInteger();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(TIMEOUT)
            .build();

    private final String name;
    private final @Nullable String authorization;
    private final @Nullable String account;
    private @Nullable String cookie;

    private AccessCaller(
            String name, @Nullable String authorization, @Nullable String account, @Nullable String cookie) {
        this.name = name;
        this.authorization = authorization;
        this.account = account;
        this.cookie = cookie;
    }

    /** @param name what is special about the caller, for failures */
    static AccessCaller withKey(String name, String key) {
        return new AccessCaller(name, "Bearer " + key, null, null);
    }

    static AccessCaller withHeader(String name, String authorization) {
        return new AccessCaller(name, authorization, null, null);
    }

    /** @param token the content of the login's cookie */
    static AccessCaller withLogin(String account, String token) {
        return new AccessCaller(account, null, account, "login=" + token);
    }

    /** @param token what is no login's cookie, or no longer */
    static AccessCaller withoutLogin(String name, String token) {
        return new AccessCaller(name, null, null, "login=" + token);
    }

    /** Returns a caller with the login of this one, and a header besides. */
    AccessCaller and(String otherName, String otherAuthorization) {
        return new AccessCaller(otherName, otherAuthorization, null, cookie);
    }

    /** The account that is logged in; null if there is none. */
    @Nullable
    String account() {
        return account;
    }

    @Nullable
    String authorization() {
        return authorization;
    }

    /** The content of the login's cookie. */
    String token() {
        return String.valueOf(cookie).substring("login=".length());
    }

    /** Goes on with another login. */
    void use(String token) {
        cookie = "login=" + token;
    }

    HttpResponse<String> get(String url) {
        return send("GET", url, "");
    }

    /** Sends JSON; nothing if it is empty. Requests seem to come from many addresses, since each is limited. Follows redirects, as a browser does. */
    HttpResponse<String> send(String method, String url, String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", "203.0.113." + REQUESTS.incrementAndGet() % 256);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
