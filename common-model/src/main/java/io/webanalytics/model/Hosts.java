package io.webanalytics.model;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The canonical spelling of hosts: the one of the URL Standard, which browsers send, without dots at its end. Names are
 * in lower case, those of other alphabets as A-labels ({@code xn--…}); an IPv6 address is compressed (RFC 5952), in
 * brackets.
 *
 * <p>Names are mapped by IDNA 2003, which Java has. The URL Standard differs from it for ß, ς and the joiners:
 * {@code straße.example} becomes {@code strasse.example} here, and another name in a browser. What a browser sends is
 * kept: it is an A-label already.
 *
 * @see <a href="https://url.spec.whatwg.org/#host-parsing">URL Standard, host parsing</a>
 */
public final class Hosts {

    private static final Pattern ASCII_NAME = Pattern.compile("[a-z0-9._-]*+");
    /** The separators of labels: IDNA accepts the full stops of other scripts as well. */
    static final String DOTS = ".\u3002\uFF0E\uFF61";

    private static final int PIECES = 8;

    private Hosts() {}

    /** Returns the canonical spelling of a host; null where it is not a host. */
    public static @Nullable String canonical(String host) {
        if (host.startsWith("[")) {
            return ipv6(host);
        }
        String name = mapped(withoutDotsAtItsEnd(host));
        return name == null ? null : ipv4(name);
    }

    static String withoutDotsAtItsEnd(String name) {
        int end = name.length();
        while (end > 0 && DOTS.indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        return name.substring(0, end);
    }

    /**
     * Returns a name, or one label of it, in lower case and as A-labels. A name that cannot be mapped, since it is too
     * long or has letters of a later Unicode, is only put in lower case. Null where a character is mapped to one that
     * no name has, such as a slash.
     */
    static @Nullable String mapped(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (ASCII_NAME.matcher(lower).matches()) {
            return lower;
        }
        try {
            String ascii = IDN.toASCII(lower, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            return ASCII_NAME.matcher(ascii).matches() ? ascii : null;
        } catch (RuntimeException e) {
            // An IllegalArgumentException, or what a JDK throws for a name that is far too long.
            return lower;
        }
    }

    /** Returns an address of one to four numbers, decimal, octal or hexadecimal, as four; any other name as it is. */
    private static String ipv4(String name) {
        String[] numbers = name.split("\\.", -1);
        long address = 0;
        for (int i = 0; i < numbers.length; i++) {
            long number = number(numbers[i]);
            int bytes = i == numbers.length - 1 ? 4 - i : 1; // the last number fills the bytes that are left
            if (i > 3 || number < 0 || number >= 1L << 8 * bytes) {
                return name;
            }
            address = address << 8 * bytes | number;
        }
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    private static long number(String text) {
        boolean hex = text.startsWith("0x");
        boolean octal = !hex && text.length() > 1 && text.startsWith("0");
        try {
            return text.startsWith("-") ? -1 : Long.parseLong(text.substring(hex ? 2 : 0), hex ? 16 : octal ? 8 : 10);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** @param host in brackets, so that Java does not look it up in DNS */
    private static @Nullable String ipv6(String host) {
        try {
            return compressed(InetAddress.getByName(host).getAddress());
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** @param address has four bytes if written as {@code ::ffff:192.0.2.1}: Java takes that for an IPv4 address */
    private static String compressed(byte[] address) {
        int[] pieces = new int[PIECES];
        if (address.length == 4) {
            pieces[5] = 0xFFFF;
        }
        for (int i = 0; i < address.length; i++) {
            int at = 2 * PIECES - address.length + i;
            pieces[at / 2] |= (address[i] & 0xFF) << (at % 2 == 0 ? 8 : 0);
        }
        int gap = 0;
        int gapLength = 1; // a single zero is not compressed
        for (int from = 0; from < PIECES; from++) {
            int to = from;
            while (to < PIECES && pieces[to] == 0) {
                to++;
            }
            if (to - from > gapLength) {
                gap = from;
                gapLength = to - from;
            }
        }
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < PIECES; ) {
            if (gapLength > 1 && i == gap) {
                text.append(i == 0 ? "::" : ":");
                i += gapLength;
            } else {
                text.append(Integer.toHexString(pieces[i])).append(++i < PIECES ? ":" : "");
            }
        }
        return text.append(']').toString();
    }
}
