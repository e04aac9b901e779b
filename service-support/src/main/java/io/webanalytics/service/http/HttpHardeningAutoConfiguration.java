package io.webanalytics.service.http;

import io.webanalytics.service.access.Guard;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;

/**
 * Makes a service's HTTP fit for strangers: each request has a deadline, and an address that its sender cannot choose; each error
 * has the form of a problem, and what Spring or Tomcat would fail on with 5xx is refused with 4xx.
 */
@AutoConfiguration(before = HealthEndpointAutoConfiguration.class)
class HttpHardeningAutoConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsInsteadOfPages() {
        return tomcat -> tomcat.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemValve()));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> requestsInTime() {
        return tomcat -> tomcat.setProtocol(RequestDeadlineProtocol.class.getName());
    }

    /** Turns off forms. No endpoint takes them, and a look for a parameter would wait for the body of one. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> noForms() {
        return tomcat -> tomcat.addConnectorCustomizers(connector -> connector.setParseBodyMethods(""));
    }

    /** Turns off YAML, which comes with the description of the API. Nothing else is read or written so. */
    @Bean
    ServerHttpMessageConvertersCustomizer noYaml() {
        return converters -> converters.configureMessageConvertersList(
                list -> list.removeIf(each -> each.getSupportedMediaTypes().contains(MediaType.APPLICATION_YAML)));
    }

    @Bean
    TrustedProxies trustedProxies(Environment environment) {
        return new TrustedProxies(environment);
    }

    @Bean
    UnreadableRequestFilter unreadableRequestFilter() {
        return new UnreadableRequestFilter();
    }

    @Bean
    FlatHealth healthEndpointWebExtension(
            HealthContributorRegistry registry, HealthEndpointGroups groups, Guard guard) {
        return new FlatHealth(registry, groups, guard::allowsToOperate);
    }
}
