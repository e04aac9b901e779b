package io.webanalytics.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * The {@code _id} of an event's document. It is fixed at receipt, so that every redelivery writes the same document.
 * Both kinds begin with 48 bits of milliseconds, so that documents arrive roughly in the order of the index on
 * {@code _id}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562">RFC 9562, UUIDv7 and UUIDv8</a>
 */
public final class EventIds {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION_7 = 0x7000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private EventIds() {}

    /**
     * Returns the id of an event. One with an {@code event_id} gets a UUIDv8 of its timestamp and a hash of its site
     * and {@code event_id}: a retry that repeats the three gets the same id. Any other gets a new UUIDv7.
     */
    public static UUID idOf(Event event, Instant receivedAt) {
        String eventId = event.eventId();
        return eventId == null ? random(receivedAt) : derived(event.timestamp(), event.siteId(), eventId);
    }

    private static UUID random(Instant receivedAt) {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        return uuid(receivedAt, VERSION_7, ByteBuffer.wrap(random));
    }

    private static UUID derived(Instant timestamp, String siteId, String eventId) {
        MessageDigest sha256 = sha256();
        addPrefixed(sha256, siteId);
        addPrefixed(sha256, eventId);
        return uuid(timestamp, VERSION_8, ByteBuffer.wrap(sha256.digest()));
    }

    private static UUID uuid(Instant time, long version, ByteBuffer rest) {
        long high = time.toEpochMilli() << 16 | version | rest.getShort() & 0x0FFFL;
        long low = VARIANT | rest.getLong() & 0x3FFF_FFFF_FFFF_FFFFL;
        return new UUID(high, low);
    }

    private static void addPrefixed(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
