package io.webanalytics.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real traffic: the events of a web server's log, and the statistics that must come of them. */
final class AccessLog {

    static final String SITE = "semicomplete.com";

    private static final String FOLDER = "/semicomplete/";
    private static final Pattern LINE =
            Pattern.compile("^(\\S+) \\S+ \\S+ \\[([^\\]]+)\\] \"(?:\\S+ (\\S+)[^\"]*|[^\"]*)\"");
    private static final DateTimeFormatter LOGGED = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);
    private static final UUID NAMESPACE_URL = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");
    private static final JsonMapper JSON = new JsonMapper();

    private AccessLog() {}

    /** Returns one JSON object for each request, in the order of the log, with the given site. */
    static List<String> events(String site) {
        List<String> events = new ArrayList<>();
        for (String line : read("access.log").split("\n")) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.find()) {
                throw new IllegalStateException("no line of a combined log: " + line);
            }
            String path = matcher.group(3) == null ? "/" : matcher.group(3);
            events.add(JSON.createObjectNode()
                    .put("event_id", nameBased(site + "#" + (events.size() + 1)).toString())
                    .put("site_id", site)
                    .put("event_type", "page_view")
                    .put("path", path)
                    .put("user_id", matcher.group(1))
                    .put(
                            "timestamp",
                            OffsetDateTime.parse(matcher.group(2), LOGGED)
                                    .toInstant()
                                    .toString())
                    .toString());
        }
        return events;
    }

    /** The answers of {@code GET /stats}, one for each day. */
    static List<JsonNode> expectedStats(String site) {
        String expected = read("expected-stats.json").replace('"' + SITE + '"', '"' + site + '"');
        return List.copyOf(JSON.readTree(expected).values());
    }

    /** UUID version 5 in the URL namespace. */
    private static UUID nameBased(String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(NAMESPACE_URL.getMostSignificantBits())
                    .putLong(NAMESPACE_URL.getLeastSignificantBits())
                    .flip());
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            long high = hash.getLong() & ~0xF000L | 0x5000L;
            long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(String name) {
        try (InputStream in = AccessLog.class.getResourceAsStream(FOLDER + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
