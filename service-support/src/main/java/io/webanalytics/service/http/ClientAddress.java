package io.webanalytics.service.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address that a request comes from, as limits tell addresses apart. Of a request that passed a proxy it is the one that the
 * proxy names, if the proxy is one of {@code trusted-proxies}.
 *
 * @param name the address; of IPv6 the first 64 bits, since whoever has one address there has all that begin alike. Addresses
 *     that cannot be read have one name together
 * @param isLoopback whether the request comes from this machine
 */
public record ClientAddress(String name, boolean isLoopback) {

    private static final ClientAddress UNREADABLE = new ClientAddress("unreadable", false);

    /** Some proxies add the port. */
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^]]*)](?::\\d+)?|([^:]*):\\d+");

    private static final int NETWORK_BYTES = 8;

    /** Returns the address of a request. */
    public static ClientAddress of(HttpServletRequest request) {
        return of(request.getRemoteAddr());
    }

    static ClientAddress of(String address) {
        if (IpAddress.isIpv4(address)) { // most are, and every event has one
            return new ClientAddress(address, address.startsWith("127."));
        }
        return IpAddress.parse(address)
                .or(() -> IpAddress.parse(withoutPort(address)))
                .map(ClientAddress::of)
                .orElse(UNREADABLE);
    }

    private static ClientAddress of(InetAddress address) {
        String name = address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
                : address.getHostAddress();
        return new ClientAddress(name, address.isLoopbackAddress());
    }

    private static String withoutPort(String address) {
        Matcher parts = WITH_PORT.matcher(address);
        if (!parts.matches()) {
            return "";
        }
        return parts.group(1) == null ? parts.group(2) : parts.group(1);
    }
}
