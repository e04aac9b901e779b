package io.webanalytics.service.http;

import io.webanalytics.service.InvalidSettingException;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.env.Environment;

/**
 * Gives each request the address and the scheme that proxies name in {@code X-Forwarded-For} and {@code X-Forwarded-Proto}, but
 * only proxies of the setting {@code trusted-proxies}: anybody can send these headers. Of a chain counts the last address that is
 * not itself such a proxy: what stands before it is what the sender claims. Without the setting the headers mean nothing.
 */
final class TrustedProxies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String SETTING = "trusted-proxies";

    private final List<String> ranges;

    /** @throws InvalidSettingException if the setting is not a list of IP addresses and CIDR ranges */
    TrustedProxies(Environment environment) {
        this.ranges = Binder.get(environment).bind(SETTING, Bindable.listOf(String.class)).orElse(List.of()).stream()
                .map(TrustedProxies::range)
                .toList();
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        if (!ranges.isEmpty()) {
            RemoteIpValve valve = new RemoteIpValve();
            valve.setInternalProxies(ranges.stream().collect(Collectors.joining(",")));
            tomcat.addEngineValves(valve);
        }
    }

    /** Returns an address as a range too: without a slash, Tomcat takes it for a regular expression. */
    private static String range(String text) {
        String[] parts = text.strip().split("/", 2);
        InetAddress address = IpAddress.parse(parts[0]).orElseThrow(() -> invalid(text));
        WholeNumber prefix = new WholeNumber(0, address.getAddress().length * Byte.SIZE);
        int bits = parts.length == 1 ? prefix.most() : prefix.parse(parts[1]).orElseThrow(() -> invalid(text));
        return address.getHostAddress() + "/" + bits;
    }

    private static InvalidSettingException invalid(String text) {
        return new InvalidSettingException(
                SETTING,
                "must be IP addresses or CIDR ranges, such as 10.0.0.5,192.168.0.0/16,2001:db8::/32, and not " + text);
    }
}
