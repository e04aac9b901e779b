package io.webanalytics.service.http;

import io.webanalytics.sites.Access;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** For a service that people change something by: foreign pages may not. The service says what {@link AllowedHosts} it has. */
@Configuration(proxyBeanMethods = false)
public class ForeignRequestSupport {

    @Bean
    ForeignRequestFilter foreignRequestFilter(
            AllowedHosts allowed,
            Access access,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return new ForeignRequestFilter(allowed, access, problems);
    }

    @Bean
    ForeignRequestAnswer foreignRequestAnswer() {
        return new ForeignRequestAnswer();
    }
}
