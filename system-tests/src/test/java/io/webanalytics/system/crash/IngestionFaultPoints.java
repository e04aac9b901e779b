package io.webanalytics.system.crash;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reports when ingestion reaches its fault point. */
@Configuration(proxyBeanMethods = false)
class IngestionFaultPoints {

    @Bean
    static BeanPostProcessor pushListener() {
        return ScriptListener.before("accept", FaultPoint.GROUPED);
    }
}
