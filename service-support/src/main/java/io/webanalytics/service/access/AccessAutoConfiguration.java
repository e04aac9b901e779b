package io.webanalytics.service.access;

import io.webanalytics.model.Outage;
import io.webanalytics.service.InvalidSettingException;
import io.webanalytics.sites.Access;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Has Spring Security enforce a service's {@link AccessTable}, and send the headers by which browsers protect pages. */
@AutoConfiguration(before = {ServletWebSecurityAutoConfiguration.class, SecurityFilterAutoConfiguration.class})
class AccessAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(AccessAutoConfiguration.class);

    @Bean
    Access access(@Value("${access}") String setting) {
        return Arrays.stream(Access.values())
                .filter(access -> access.word().equals(setting))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingException("access", "must be open or keys"));
    }

    @Bean
    CurrentRegistry currentRegistry(RegistrySource source, Clock clock) {
        return new CurrentRegistry(source, new Outage("The registry of sites and keys"), clock);
    }

    @Bean
    RegistryHealth registryHealthIndicator(Access access, CurrentRegistry registry) {
        return new RegistryHealth(access, registry);
    }

    @Bean
    Guard guard(Access access, CurrentRegistry registry) {
        if (access == Access.OPEN) {
            log.info("Access is open: whoever reaches this service may use it. The setting access=keys closes it");
        }
        return new Guard(access, registry);
    }

    /** Callers are told apart by keys, and by what else a service knows. */
    @Bean
    AccessFilters accessFilters(
            AccessTable table,
            Guard guard,
            CurrentRegistry registry,
            Clock clock,
            ObjectProvider<Credentials> others,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        List<Credentials> credentials = Stream.concat(
                        Stream.of(new BearerKeys(registry, clock)), others.orderedStream())
                .toList();
        return new AccessFilters(table, guard, new CallerRepository(credentials), new AccessProblems(guard, problems));
    }

    @Bean
    @Order(0)
    SecurityFilterChain sendersFilterChain(AccessFilters filters) {
        return filters.ofSenders();
    }

    @Bean
    @Order(1)
    SecurityFilterChain otherFilterChain(AccessFilters filters) {
        return filters.ofAll();
    }

    @Bean(AbstractSecurityWebApplicationInitializer.DEFAULT_FILTER_NAME)
    FilterChainProxy springSecurityFilterChain(ObjectProvider<SecurityFilterChain> chains, AccessFilters filters) {
        FilterChainProxy proxy = new FilterChainProxy(chains.orderedStream().toList());
        proxy.setFirewall(filters.firewall());
        return proxy;
    }
}
