package io.webanalytics.reporting.manage;

import io.webanalytics.model.FieldError;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of a request's JSON object. Collects what is wrong with each of them, to refuse all of it at once.
 *
 * @param <R> the record that describes the object in OpenAPI
 */
final class Fields<R> {

    /** Largest body, in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // no password in an exception
            .build();

    private final JsonNode object;
    private final Set<String> known = new HashSet<>();
    private final List<FieldError> errors = new ArrayList<>();

    private Fields(JsonNode object) {
        this.object = object;
    }

    /** @throws InvalidFieldsException if the body is not a JSON object of at most 64 KiB */
    static <R> Fields<R> read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        try {
            JsonNode read = bytes.length > MAX_BYTES ? null : JSON.readTree(bytes);
            if (read != null && read.isObject()) {
                return new Fields<>(read);
            }
        } catch (JacksonException e) {
            // the same as any other body that is not an object
        }
        throw InvalidFieldsException.body();
    }

    boolean has(String field) {
        known.add(field);
        return object.has(field);
    }

    boolean isNull(String field) {
        return has(field) && object.get(field).isNull();
    }

    /** Returns a text; {@code otherwise} if the field is missing or wrong. */
    String text(String field, Predicate<String> allowed, String rule, String otherwise) {
        return read(
                field,
                node -> node.isString() && allowed.test(node.stringValue()) ? node.stringValue() : null,
                rule,
                otherwise);
    }

    /**
     * Returns a value; {@code otherwise} if the field is missing or wrong.
     *
     * @param reader returns null if the value breaks the rule
     */
    <V extends @Nullable Object> V read(
            String field, Function<JsonNode, @Nullable V> reader, String rule, V otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        V value = reader.apply(object.get(field));
        if (value == null) {
            reject(field, rule);
            return otherwise;
        }
        return value;
    }

    /** Notes that a field must be given. */
    Fields<R> require(String... fields) {
        for (String field : fields) {
            if (!has(field)) {
                reject(field, "is required");
            }
        }
        return this;
    }

    void reject(String field, String rule) {
        errors.add(new FieldError(field, rule));
    }

    /** @throws InvalidFieldsException if a field is wrong, or has a name that is not known here */
    void check() {
        object.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .limit(20)
                .forEach(name -> reject(shown(name), "is not known here"));
        if (!errors.isEmpty()) {
            throw new InvalidFieldsException(errors);
        }
    }

    private static String shown(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}
