package io.webanalytics.sites;

import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The registry as JSON, for its way through Redis. Equal registries have equal texts. */
public final class RegistryFormat {

    /** The version of the form. A reader takes no other one. */
    static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // no hash in an exception
            .build();

    private RegistryFormat() {}

    /** The text cannot be read: it is broken, or of a later version. */
    public static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    private record Form(int format, List<Site> sites, List<ApiKey> keys) {}

    /** Returns the registry as JSON in UTF-8. */
    public static byte[] encode(Registry registry) {
        return JSON.writeValueAsBytes(new Form(
                FORMAT,
                registry.sites().stream()
                        .sorted(Comparator.comparing(Site::siteId))
                        .toList(),
                registry.keys().stream()
                        .sorted(Comparator.comparing(ApiKey::prefix))
                        .toList()));
    }

    /**
     * Reads a registry.
     *
     * @throws UnreadableException if the text is broken, or of another version
     */
    public static Registry decode(byte[] text) throws UnreadableException {
        try {
            JsonNode tree = JSON.readTree(text);
            int format = tree.path("format").asInt(0);
            if (format != FORMAT) {
                throw new UnreadableException(
                        "The registry has format " + format + ". This release reads " + FORMAT + ".");
            }
            Form form = JSON.treeToValue(tree, Form.class);
            return new Registry(form.sites, form.keys);
        } catch (JacksonException | NullPointerException | IllegalStateException e) {
            throw new UnreadableException("The registry is not the JSON of one.");
        }
    }

    /** Returns a name for the content of an encoded registry. */
    public static String version(byte[] text) {
        return KeyToken.sha256(text);
    }
}
