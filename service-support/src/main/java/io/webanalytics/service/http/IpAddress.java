package io.webanalytics.service.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses. No name is ever looked up, unlike by {@link InetAddress#getByName} alone. */
final class IpAddress {

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    private IpAddress() {}

    static boolean isIpv4(String text) {
        return IPV4.matcher(text).matches();
    }

    /** Returns the address; empty if the text is something else. An IPv4 address that is written as IPv6 is IPv4. */
    static Optional<InetAddress> parse(String text) {
        boolean ipv6 = text.indexOf(':') >= 0;
        if (!ipv6 && !isIpv4(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(ipv6 ? "[" + text + "]" : text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
