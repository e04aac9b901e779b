package io.webanalytics.service.access;

import io.webanalytics.sites.Access;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.access.intercept.RequestMatcherDelegatingAuthorizationManager;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter.XFrameOptionsMode;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * Spring Security's filters for an {@link AccessTable}: those that are needed, and no others. Its DSL would add as many again, for
 * sessions, forms and saved requests, which cost a tenth of what an event costs.
 */
final class AccessFilters {

    /** The documentation page has its icons in data URLs, and the colours of its logo in a style of this hash. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data:;"
            + " style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; object-src 'none';"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final Guard guard;
    private final SecurityContextHolderFilter callers;
    private final ExceptionTranslationFilter problems;
    private final AuthorizationFilter authorization;
    private final Set<String> sendersPaths;

    AccessFilters(AccessTable table, Guard guard, CallerRepository callers, AccessProblems problems) {
        this.guard = guard;
        this.callers = new SecurityContextHolderFilter(callers);
        this.problems = new ExceptionTranslationFilter(problems, new NullRequestCache());
        this.problems.setAccessDeniedHandler(problems);
        this.authorization = authorization(table);
        this.sendersPaths = table.rules().stream()
                .filter(rule -> rule.need() == Need.WRITE)
                .map(AccessRule::path)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns the chain for what senders request: the responses are for programs, and need no headers that protect pages. A path
     * that is not written exactly so is treated as any other request.
     */
    SecurityFilterChain ofSenders() {
        return new DefaultSecurityFilterChain(
                request -> sendersPaths.contains(request.getRequestURI()), callers, problems, authorization);
    }

    /** Returns what refuses malformed requests before any chain. */
    HttpFirewall firewall() {
        return new SendersFirewall(sendersPaths);
    }

    /** Returns the chain for all requests. */
    SecurityFilterChain ofAll() {
        return new DefaultSecurityFilterChain(
                AnyRequestMatcher.INSTANCE, callers, pageHeaders(), problems, authorization);
    }

    private static HeaderWriterFilter pageHeaders() {
        HeaderWriterFilter filter = new HeaderWriterFilter(List.of(
                new ContentSecurityPolicyHeaderWriter(CONTENT_SECURITY_POLICY),
                new XContentTypeOptionsHeaderWriter(),
                new XFrameOptionsHeaderWriter(XFrameOptionsMode.DENY),
                new ReferrerPolicyHeaderWriter(ReferrerPolicy.SAME_ORIGIN),
                new CacheControlHeadersWriter()));
        // Before the request is handled: when the filters return, another thread may be writing the response
        filter.setShouldWriteHeadersEagerly(true);
        return filter;
    }

    private AuthorizationFilter authorization(AccessTable table) {
        RequestMatcherDelegatingAuthorizationManager.Builder rules =
                RequestMatcherDelegatingAuthorizationManager.builder();
        table.rules().forEach(rule -> rules.add(rule.matcher(), needs(rule)));
        rules.add(AnyRequestMatcher.INSTANCE, needs(AccessRule.of("/**", Need.OPERATE)));
        AuthorizationFilter filter = new AuthorizationFilter(rules.build());
        filter.setFilterErrorDispatch(false); // a refusal must not become another one
        return filter;
    }

    private AuthorizationManager<RequestAuthorizationContext> needs(AccessRule rule) {
        if (rule.need() == Need.NOTHING || guard.access() == Access.OPEN && !rule.evenIfOpen()) {
            AuthorizationDecision granted = new AuthorizationDecision(true);
            return (authentication, request) -> granted;
        }
        return (authentication, request) -> new AuthorizationDecision(guard.satisfies(rule.need(), siteId(request)));
    }

    /** Returns the site that a request names: by its path, or by the only value of a parameter. */
    private static @Nullable String siteId(RequestAuthorizationContext context) {
        String ofPath = context.getVariables().get("site_id");
        if (ofPath != null) {
            return ofPath;
        }
        String[] values = context.getRequest().getParameterValues("site_id");
        return values != null && values.length == 1 ? values[0] : null;
    }
}
