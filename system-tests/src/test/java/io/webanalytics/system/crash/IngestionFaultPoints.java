package io.webanalytics.system.crash;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells when ingestion comes to its fault point. */
@Configuration(proxyBeanMethods = false)
class IngestionFaultPoints {

    @Bean
    static BeanPostProcessor pushListener() {
        return ScriptListener.before("accept", FaultPoint.GROUPED);
    }
}
