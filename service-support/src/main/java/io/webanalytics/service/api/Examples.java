package io.webanalytics.service.api;

import io.swagger.v3.core.util.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The examples of a service, in resources such as {@code /api/<service>/<operation>-<status>.json}. */
final class Examples {

    private final String folder;

    Examples(String service) {
        this.folder = "/api/" + service + "/";
    }

    /** Returns an example; null if there is no such file. */
    @Nullable
    Object find(String file) {
        try (InputStream in = Examples.class.getResourceAsStream(folder + file)) {
            if (in == null) {
                return null;
            }
            return file.endsWith(".json")
                    ? Json.mapper().readValue(in, Object.class)
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
