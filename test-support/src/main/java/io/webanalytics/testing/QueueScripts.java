package io.webanalytics.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The scripts of the queue, for tests that recognise their calls on the network. */
public final class QueueScripts {

    private QueueScripts() {}

    /** @param name the name of the script, such as {@code settle} */
    public static String source(String name) {
        String resource = "/io/webanalytics/queue/" + name + ".lua";
        try (InputStream lua = Objects.requireNonNull(QueueScripts.class.getResourceAsStream(resource), resource)) {
            return new String(lua.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
