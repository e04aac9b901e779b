package io.webanalytics.sites;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key as its holder sends it: {@code wa_<prefix>_<secret>}. The prefix is public and names the key. The secret has 190 random
 * bits, so its SHA-256 is safe to store: it cannot be guessed, however fast the hash.
 */
public final class KeyToken {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int PREFIX_LENGTH = 8;
    private static final int SECRET_LENGTH = 32;
    private static final Pattern FORM =
            Pattern.compile("wa_[0-9A-Za-z]{" + PREFIX_LENGTH + "}_[0-9A-Za-z]{" + SECRET_LENGTH + "}");
    private static final int SECRET_AT = "wa_".length() + PREFIX_LENGTH + 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private KeyToken(String text) {
        this.text = text;
    }

    /** Makes a new key. */
    public static KeyToken random() {
        return new KeyToken("wa_" + randomText(PREFIX_LENGTH) + "_" + randomText(SECRET_LENGTH));
    }

    /** Returns null if the text has not the form of a key. */
    public static @Nullable KeyToken parse(String text) {
        return FORM.matcher(text).matches() ? new KeyToken(text) : null;
    }

    /** Returns the public part, which names the key. */
    public String prefix() {
        return text.substring(SECRET_AT - 1 - PREFIX_LENGTH, SECRET_AT - 1);
    }

    /** Returns the SHA-256 of the secret part, in lower-case hexadecimal digits. */
    public String hash() {
        return sha256(text.substring(SECRET_AT).getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns the whole key, for its holder. It must not be stored or logged. */
    public String reveal() {
        return text;
    }

    /** Returns the prefix only. */
    @Override
    public String toString() {
        return "wa_" + prefix() + "_…";
    }

    /** Returns a text of random letters and digits, of 5.95 bits each. */
    public static String randomText(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Returns a SHA-256 in lower-case hexadecimal digits. */
    public static String sha256(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
