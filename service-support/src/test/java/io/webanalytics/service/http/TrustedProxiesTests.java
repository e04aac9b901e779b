package io.webanalytics.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webanalytics.service.InvalidSettingException;
import io.webanalytics.testing.Http;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Whose address a request has, asked of a real Tomcat. The proxy is this machine. */
class TrustedProxiesTests {

    private static ConfigurableApplicationContext behindProxies;

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration(TomcatServletWebServerAutoConfiguration.class)
    @Import(TrustedProxies.class)
    static class Service {

        @Bean
        ServletRegistrationBean<HttpServlet> echo() {
            return new ServletRegistrationBean<>(
                    new HttpServlet() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                                throws IOException {
                            response.getWriter()
                                    .print(request.getRemoteAddr() + " " + request.getScheme() + " "
                                            + request.isSecure() + " " + request.getServerName());
                        }
                    },
                    "/");
        }
    }

    @BeforeAll
    static void start() {
        behindProxies = start("--trusted-proxies=127.0.0.1, 10.0.0.0/8,192.168.7.7,2001:db8:1::/48,2001:db8:2::5");
    }

    @AfterAll
    static void stop() {
        behindProxies.close();
    }

    private static ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(Service.class)
                .properties("spring.config.name=service-defaults", "server.port=0")
                .run(settings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 203.0.113.9",
                "2001:db8:9::1 | 2001:db8:9::1",
                // what stands to the left is what the sender claims
                "198.51.100.1, 203.0.113.9 | 203.0.113.9",
                "127.0.0.1, 203.0.113.9 | 203.0.113.9",
                "10.1.2.3, 198.51.100.1, 203.0.113.9, 10.9.9.9 | 203.0.113.9",
                "garbage, 203.0.113.9 | 203.0.113.9",
                // proxies that stand behind each other
                "203.0.113.9, 10.1.2.3 | 203.0.113.9",
                "203.0.113.9, 192.168.7.7, 127.0.0.1 | 203.0.113.9",
                "203.0.113.9, 2001:db8:1:ffff::1 | 203.0.113.9",
                "203.0.113.9, 2001:db8:2:0:0:0:0:5 | 203.0.113.9",
                // neighbours of the ranges
                "203.0.113.9, 11.0.0.0 | 11.0.0.0",
                "203.0.113.9, 192.168.7.8 | 192.168.7.8",
                "203.0.113.9, 192.168.717 | 192.168.717",
                "203.0.113.9, 2001:db8:2::6 | 2001:db8:2::6",
                // only proxies: the first
                "10.1.2.3, 10.1.2.4 | 10.1.2.3",
            })
    void lastAddressOfAChainThatIsNoProxyCounts(String chain, String address) {
        assertThat(get(behindProxies, "X-Forwarded-For", chain)).isEqualTo(address + " http false localhost");
    }

    @Test
    void severalHeadersAreOneChain() {
        assertThat(get(behindProxies, "X-Forwarded-For", "198.51.100.1", "X-Forwarded-For", "203.0.113.9"))
                .startsWith("203.0.113.9 ");
    }

    @Test
    void schemeIsWhatTheProxySays() {
        assertThat(get(behindProxies, "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https"))
                .isEqualTo("203.0.113.9 https true localhost");
        assertThat(get(behindProxies, "X-Forwarded-Proto", "https")).isEqualTo("127.0.0.1 https true localhost");
    }

    @Test
    void otherHeadersMeanNothing() {
        assertThat(get(behindProxies, "X-Real-IP", "203.0.113.9", "Forwarded", "for=203.0.113.9;proto=https"))
                .isEqualTo("127.0.0.1 http false localhost");
        assertThat(get(behindProxies, "X-Forwarded-Host", "example.com")).endsWith(" localhost");
    }

    /** On some cloud platforms Spring Boot would trust every private address, unless it is told not to. */
    @ParameterizedTest
    @ValueSource(
            strings = {"--trusted-proxies=", "--trusted-proxies=10.0.0.0/8", "--spring.main.cloud-platform=kubernetes"})
    void headersOfAnybodyElseMeanNothing(String setting) {
        try (ConfigurableApplicationContext service = start(setting)) {
            assertThat(get(service, "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https"))
                    .isEqualTo("127.0.0.1 http false localhost");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example.com",
                "fade.de",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "/8",
                "2001:db8::/129",
                "2001:db8:::1",
                "10.0.0.1;10.0.0.2",
                "10\\..*",
                "10.0.0.1,localhost"
            })
    void settingThatIsNoListOfAddressesIsRefused(String value) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("trusted-proxies", value)));

        assertThatThrownBy(() -> new TrustedProxies(environment))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("The setting trusted-proxies is invalid: must be IP addresses or CIDR ranges");
    }

    private static String get(ConfigurableApplicationContext service, String... headers) {
        int port = ((WebServerApplicationContext) service).getWebServer().getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return Http.send(request).body();
    }
}
