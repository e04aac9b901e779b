package io.webanalytics.service.access;

import io.webanalytics.model.Outage;
import io.webanalytics.sites.Access;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Has Spring Security enforce a service's {@link AccessTable}, and send the headers by which browsers protect pages. */
@AutoConfiguration(before = ServletWebSecurityAutoConfiguration.class)
@EnableWebSecurity
class AccessAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(AccessAutoConfiguration.class);

    /** The documentation page has its icons in data URLs. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none';"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    CurrentRegistry currentRegistry(RegistrySource source, Clock clock) {
        return new CurrentRegistry(source, new Outage("The registry of sites and keys"), clock);
    }

    @Bean
    RegistryHealth registryHealthIndicator(@Value("${access}") Access access, CurrentRegistry registry) {
        return new RegistryHealth(access, registry);
    }

    @Bean
    Guard guard(@Value("${access}") Access access, CurrentRegistry registry) {
        if (access == Access.OPEN) {
            log.info("Access is open: whoever reaches this service may use it. The setting access=keys closes it");
        }
        return new Guard(access, registry);
    }

    /** Callers are told apart by keys, and by what else a service knows. */
    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            AccessTable table,
            Guard guard,
            CurrentRegistry registry,
            Clock clock,
            ObjectProvider<Credentials> others,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver)
            throws Exception {
        List<Credentials> credentials = Stream.concat(
                        Stream.of(new BearerKeys(registry, clock)), others.orderedStream())
                .toList();
        AccessProblems problems = new AccessProblems(guard, resolver);
        return http.securityContext(context -> context.securityContextRepository(new CallerRepository(credentials)))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable) // ForeignRequestFilter, without a token and a cookie for it
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .authorizeHttpRequests(requests -> {
                    for (AccessRule rule : table.rules()) {
                        var matched = rule.method() == null
                                ? requests.requestMatchers(rule.path())
                                : requests.requestMatchers(rule.method(), rule.path());
                        matched.access(needs(rule.need(), rule.evenIfOpen(), guard));
                    }
                    requests.anyRequest().access(needs(Need.OPERATE, false, guard));
                })
                .build();
    }

    private static AuthorizationManager<RequestAuthorizationContext> needs(Need need, boolean evenIfOpen, Guard guard) {
        if (need == Need.NOTHING || guard.access() == Access.OPEN && !evenIfOpen) {
            return (authentication, context) -> new AuthorizationDecision(true);
        }
        return (authentication, context) -> new AuthorizationDecision(guard.satisfies(need, siteId(context)));
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

    /** Observations of each filter would cost more than the filters. */
    @Bean
    SecurityObservationSettings noSecurityObservations() {
        return SecurityObservationSettings.noObservations();
    }
}
