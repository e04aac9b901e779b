package io.webanalytics.system.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash by which a script of the queue is called, as the connection shows it. It also runs inside the services of the test, whose
 * class path has no test support.
 */
final class ScriptHash {

    private ScriptHash() {}

    static String of(String script) {
        String resource = "/io/webanalytics/queue/" + script + ".lua";
        try (InputStream source = ScriptHash.class.getResourceAsStream(resource)) {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
