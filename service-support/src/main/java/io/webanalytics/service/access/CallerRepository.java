package io.webanalytics.service.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Finds the caller of a request by its credentials, once, and only if somebody asks. Nothing is kept between requests. Wrong
 * credentials are as good as none: whether that suffices is for the request's {@link Need} to say.
 */
final class CallerRepository implements SecurityContextRepository {

    private final List<Credentials> credentials;

    /** @param credentials the first that a request has decide */
    CallerRepository(List<Credentials> credentials) {
        this.credentials = credentials;
    }

    /** A caller in Spring Security's terms. */
    private static final class KnownCaller extends AbstractAuthenticationToken {

        private static final long serialVersionUID = 1L;

        private final transient Caller caller;

        KnownCaller(Caller caller) {
            super(Set.of());
            this.caller = caller;
            setAuthenticated(true);
        }

        @Override
        public Caller getPrincipal() {
            return caller;
        }

        @Override
        public String getCredentials() {
            return "";
        }

        @Override
        public String getName() {
            return caller.name();
        }
    }

    private static final class Lazily implements DeferredSecurityContext {

        private final List<Credentials> credentials;
        private final HttpServletRequest request;
        private @Nullable SecurityContext found;

        Lazily(List<Credentials> credentials, HttpServletRequest request) {
            this.credentials = credentials;
            this.request = request;
        }

        @Override
        public SecurityContext get() {
            SecurityContext context = found;
            if (context == null) {
                context = find();
                found = context;
            }
            return context;
        }

        private SecurityContext find() {
            for (Credentials some : credentials) {
                if (some.areIn(request)) {
                    Caller caller = some.caller(request);
                    return caller == null
                            ? new SecurityContextImpl()
                            : new SecurityContextImpl(new KnownCaller(caller));
                }
            }
            return new SecurityContextImpl();
        }

        @Override
        public boolean isGenerated() {
            return get().getAuthentication() == null;
        }
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new Lazily(credentials, request);
    }

    @Override
    @Deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return loadDeferredContext(holder.getRequest()).get();
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return credentials.stream().anyMatch(some -> some.areIn(request));
    }
}
