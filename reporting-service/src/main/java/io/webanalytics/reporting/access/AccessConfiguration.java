package io.webanalytics.reporting.access;

import com.mongodb.client.MongoDatabase;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeIn;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.webanalytics.reporting.ReportingProperties;
import io.webanalytics.service.access.AccessRule;
import io.webanalytics.service.access.AccessTable;
import io.webanalytics.service.access.Need;
import io.webanalytics.service.access.RegistrySource;
import io.webanalytics.service.http.AllowedHosts;
import io.webanalytics.service.http.ForeignRequestSupport;
import io.webanalytics.service.mongo.MongoRegistry;
import io.webanalytics.store.sites.AccountStore;
import io.webanalytics.store.sites.KeyStore;
import io.webanalytics.store.sites.LoginStore;
import io.webanalytics.store.sites.SiteStore;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.http.HttpMethod;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

@Configuration(proxyBeanMethods = false)
@Import(ForeignRequestSupport.class)
@SecurityScheme(
        name = "login",
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.COOKIE,
        paramName = LoginCookie.NAME,
        description = "The cookie that POST /login sets.")
class AccessConfiguration {

    /** What hands out access needs somebody who has it, however open the rest is. */
    @Bean
    AccessTable accessTable() {
        return AccessTable.of(
                AccessRule.of("/stats/**", Need.READ),
                AccessRule.of(HttpMethod.GET, "/sites", Need.CALLER), // lists those that the caller may read
                AccessRule.of(HttpMethod.POST, "/sites", Need.OPERATE),
                AccessRule.of("/sites/{site_id}/keys/**", Need.MANAGE).evenIfAccessIsOpen(),
                AccessRule.of(HttpMethod.GET, "/sites/{site_id}", Need.READ),
                AccessRule.of(HttpMethod.DELETE, "/sites/{site_id}", Need.MANAGE)
                        .evenIfAccessIsOpen(),
                AccessRule.of("/sites/{site_id}", Need.MANAGE),
                AccessRule.of("/keys/**", Need.OPERATE).evenIfAccessIsOpen(),
                AccessRule.of("/accounts/**", Need.OPERATE).evenIfAccessIsOpen(),
                AccessRule.of(HttpMethod.POST, "/login", Need.NOTHING),
                AccessRule.of(HttpMethod.POST, "/logout", Need.NOTHING),
                AccessRule.of(HttpMethod.GET, "/me", Need.CALLER),
                AccessRule.of(HttpMethod.PATCH, "/me", Need.CALLER).evenIfAccessIsOpen());
    }

    @Bean
    MongoDatabase database(MongoDatabaseFactory mongo) {
        return mongo.getMongoDatabase();
    }

    @Bean
    RegistrySource registrySource(MongoDatabase database, Clock clock) {
        return new MongoRegistry(database, clock);
    }

    @Bean
    SiteStore siteStore(MongoDatabase database) {
        return new SiteStore(database);
    }

    @Bean
    KeyStore keyStore(MongoDatabase database) {
        return new KeyStore(database);
    }

    @Bean
    AccountStore accountStore(MongoDatabase database) {
        return new AccountStore(database);
    }

    @Bean
    LoginStore loginStore(MongoDatabase database) {
        return new LoginStore(database);
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    AllowedHosts allowedHosts(ReportingProperties properties) {
        return new AllowedHosts("reporting.allowed-hosts", properties.allowedHosts());
    }
}
