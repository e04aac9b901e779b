package io.webanalytics.service.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads IP addresses. No name is ever looked up, unlike by {@link InetAddress#getByName} alone. */
final class IpAddress {

    private IpAddress() {}

    /** Whether a text is an IPv4 address. No pattern says so: every event asks, and a pattern would take several times as long. */
    static boolean isIpv4(String text) {
        int dots = 0;
        int digits = 0;
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && digits > 0) {
                dots++;
                digits = 0;
                number = 0;
            } else if (c >= '0' && c <= '9' && digits < 3) {
                digits++;
                number = 10 * number + c - '0';
            } else {
                return false;
            }
            if (number > 255) {
                return false;
            }
        }
        return dots == 3 && digits > 0;
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
