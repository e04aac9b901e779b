package io.webanalytics.processor.access;

import com.mongodb.client.MongoDatabase;
import io.lettuce.core.AbstractRedisClient;
import io.webanalytics.model.Outage;
import io.webanalytics.processor.ProcessorProperties;
import io.webanalytics.queue.RedisLink;
import io.webanalytics.queue.RegistryChannel;
import io.webanalytics.rollup.build.ServerClock;
import io.webanalytics.service.access.AccessRule;
import io.webanalytics.service.access.AccessTable;
import io.webanalytics.service.access.Need;
import io.webanalytics.service.access.RegistrySource;
import io.webanalytics.service.http.AllowedHosts;
import io.webanalytics.service.http.ForeignRequestSupport;
import io.webanalytics.service.mongo.MongoRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(ForeignRequestSupport.class)
class AccessConfiguration {

    /** All that a processor offers is for operators. */
    @Bean
    AccessTable accessTable() {
        return AccessTable.of(
                AccessRule.of("/ledger", Need.OPERATE),
                AccessRule.of("/dead-letters/**", Need.OPERATE),
                AccessRule.of("/rollups/**", Need.OPERATE));
    }

    @Bean
    RegistrySource registrySource(
            MongoDatabase database,
            Clock clock,
            AbstractRedisClient redis,
            ServerClock serverClock,
            ProcessorProperties properties) {
        MongoRegistry mongo = new MongoRegistry(database, clock);
        RegistryChannel channel = new RegistryChannel(new RedisLink(redis, properties.stepTimeout()));
        return new PublishingRegistry(mongo, channel, serverClock, new Outage("Redis (registry of sites and keys)"));
    }

    @Bean
    AllowedHosts allowedHosts(ProcessorProperties properties) {
        return new AllowedHosts("processor.allowed-hosts", properties.allowedHosts());
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
