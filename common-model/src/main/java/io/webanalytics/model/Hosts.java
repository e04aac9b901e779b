package io.webanalytics.model;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One spelling for each host: the one that the URL Standard gives and browsers send, without a dot at its end. Names are in lower
 * case, of other alphabets as A-labels ({@code xn--…}); an IPv6 address is compressed (RFC 5952), in brackets.
 *
 * <p>Names are mapped by IDNA 2003, which Java has. The URL Standard differs from it for ß, ς and the joiners: {@code straße.example}
 * becomes {@code strasse.example} here and another name in a browser, which sends that one as an A-label, so that it is kept.
 *
 * @see <a href="https://url.spec.whatwg.org/#host-parsing">URL Standard, host parsing</a>
 */
final class Hosts {

    private static final Pattern ASCII_NAME = Pattern.compile("[a-z0-9._-]*+");
    /** What separates labels: IDNA takes the full stops of other scripts as well. */
    static final String DOTS = ".\u3002\uFF0E\uFF61";

    private static final int PIECES = 8;

    private Hosts() {}

    /** The one spelling of a host, given in any; null where it is none. */
    static @Nullable String canonical(String host) {
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
     * A name, or one label of it, in lower case and as A-labels. What cannot be mapped, since it is too long or of letters that
     * came later, stays in lower case; null where characters stand for others that no name has, such as a slash.
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

    /** An address of one to four numbers, decimal, octal or hexadecimal, with its four; any other name as it is. */
    private static String ipv4(String name) {
        String[] numbers = name.split("\\.", -1);
        long address = 0;
        for (int i = 0; i < numbers.length; i++) {
            long number = number(numbers[i]);
            int bytes = i == numbers.length - 1 ? 4 - i : 1; // the last has all that is left
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

    /** @param host in brackets, so that Java asks nobody for its address */
    private static @Nullable String ipv6(String host) {
        try {
            return compressed(InetAddress.getByName(host).getAddress());
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** @param address of four bytes where it was written as {@code ::ffff:192.0.2.1}, which Java takes for an IPv4 address */
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
        int gapLength = 1; // a single zero is written
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
