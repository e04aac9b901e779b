package io.webanalytics.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes malformed and hostile requests, and some good ones. The same seed and number make the same request. */
final class HostileRequests {

    private static final Pattern REPEAT = Pattern.compile("\\(([^()]+)\\)\\{(\\d+)}");
    private static final List<String> ENDPOINTS = lines("endpoints");
    private static final List<String> METHODS = lines("methods");
    private static final List<String> VERSIONS = lines("versions");
    private static final List<String> HEADERS = lines("headers");
    private static final List<String> CREDENTIALS = lines("credentials");
    private static final List<String> TARGETS = lines("targets");
    private static final List<String> VALUES = lines("values");
    private static final List<String> CHUNKS = lines("chunks");
    private static final List<String> FIELDS = List.of(
            "site_id",
            "event_type",
            "path",
            "user_id",
            "timestamp",
            "unknown",
            "name",
            "password",
            "scope",
            "sites",
            "roles",
            "hostnames",
            "timezone",
            "public",
            "retention_days",
            "expires_at");
    private static final String EVENT =
            "{\"site_id\": \"hostile\", \"event_type\": \"page_view\", \"path\": \"/pricing\","
                    + " \"user_id\": \"user-xyz-789\", \"timestamp\": \"2025-11-12T19:30:01Z\"}";
    private static final String HOST = "Host: x";
    private static final String JSON = "Content-Type: application/json";
    private static final String LENGTH = "Content-Length: ";

    private final SplittableRandom random;
    private final List<String> endpoints;
    private final String key;

    private HostileRequests(SplittableRandom random, List<String> endpoints, String key) {
        this.random = random;
        this.endpoints = endpoints;
        this.key = key;
    }

    /**
     * Makes a request.
     *
     * @param endpoints the endpoints of the service: a good client can request the first one as it is
     * @param key a key that may do everything, which some requests have
     */
    static byte[] make(long seed, int number, List<String> endpoints, String key) {
        return new HostileRequests(new SplittableRandom(seed + number), endpoints, key).make();
    }

    private byte[] make() {
        if (oneIn(10)) {
            return bytes(message(endpoints.get(0) + " HTTP/1.1", HOST, JSON, LENGTH, EVENT));
        }
        if (oneIn(20)) {
            byte[] noise = new byte[random.nextInt(4_000)];
            random.nextBytes(noise);
            return noise;
        }
        String request = request();
        if (oneIn(12)) {
            request = request.replace("Connection: close\r\n", "") + request() + request();
        }
        return oneIn(4) ? mutate(bytes(request)) : bytes(request);
    }

    /** Returns a request that is well-formed except for one or a few details. */
    private String request() {
        String endpoint = pick(oneIn(4) ? ENDPOINTS : endpoints);
        for (int gap = endpoint.indexOf("{}"); gap >= 0; gap = endpoint.indexOf("{}")) {
            endpoint = endpoint.substring(0, gap) + pick(TARGETS) + endpoint.substring(gap + 2);
        }
        if (oneIn(6)) {
            endpoint = pick(METHODS) + endpoint.substring(endpoint.indexOf(' '));
        }
        String body = oneIn(8) ? EVENT : body();
        String length = oneIn(12) ? LENGTH + random.nextInt(200_000) + "\r\nX: " : LENGTH;
        if (oneIn(10)) {
            length = "Transfer-Encoding: chunked\r\nX: ";
            body = oneIn(3) ? Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n" : pick(CHUNKS);
        }
        return message(
                endpoint + (oneIn(12) ? pick(VERSIONS) : " HTTP/1.1"),
                (oneIn(20) ? "X: no host" : HOST)
                        + (oneIn(3) ? "\r\n" + pick(CREDENTIALS).replace("{key}", key) : ""),
                oneIn(3) ? pick(HEADERS) : JSON,
                oneIn(12) ? pick(HEADERS) + "\r\n" + length : length,
                body);
    }

    private String body() {
        String value = pick(VALUES);
        return switch (random.nextInt(8)) {
            case 0 -> value;
            case 1 -> EVENT + value;
            case 4 -> "{\"" + pick(FIELDS) + "\": " + value + ", \"" + pick(FIELDS) + "\": " + pick(VALUES) + "}";
            case 5 -> "[" + EVENT + ", " + value + "]";
            case 6 -> (EVENT + "\n").repeat(random.nextInt(20)) + value;
            case 2 -> EVENT.replace("{", "{\"" + pick(FIELDS) + "\": \"twice\", ");
            case 3 -> EVENT.substring(0, random.nextInt(EVENT.length()));
            default -> EVENT.substring(0, EVENT.length() - 1) + ", \"" + pick(FIELDS) + "\": " + value + "}";
        };
    }

    private static String message(String line, String host, String type, String length, String body) {
        return String.join("\r\n", line, host, type, "Connection: close", length + body.length(), "", body);
    }

    /** Mutates a request a few times: flips a bit, cuts a part, or repeats one. */
    private byte[] mutate(byte[] request) {
        byte[] mutant = request;
        for (int times = random.nextInt(1, 5); times > 0 && mutant.length > 1; times--) {
            int at = random.nextInt(oneIn(2) ? Math.min(mutant.length, 200) : mutant.length);
            switch (random.nextInt(3)) {
                case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutant = Arrays.copyOf(mutant, Math.max(at, mutant.length / 2));
                default -> {
                    byte[] longer = Arrays.copyOf(mutant, mutant.length + at);
                    System.arraycopy(mutant, 0, longer, mutant.length, at);
                    mutant = longer;
                }
            }
        }
        return mutant;
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Encodes every character as one byte, so that byte sequences can occur that are not valid UTF-8. */
    private static byte[] bytes(String request) {
        return request.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads the lines of a resource, with Java's escapes, and {@code (a){3}} for {@code aaa}. */
    private static List<String> lines(String name) {
        try (InputStream in = HostileRequests.class.getResourceAsStream("/hostile/" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(String::translateEscapes)
                    .map(line -> REPEAT.matcher(line)
                            .replaceAll(found ->
                                    Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2))))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
