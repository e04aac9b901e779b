package io.webanalytics.model;

import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes the properties of an event so that {@link PropertiesReader} reads the same ones again. */
final class PropertiesWriter {

    private PropertiesWriter() {}

    static void write(Map<String, Object> properties, JsonGenerator json) {
        json.writeObjectPropertyStart(EventField.PROPERTIES.word());
        properties.forEach((key, value) -> write(key, value, json));
        json.writeEndObject();
    }

    private static void write(String key, Object value, JsonGenerator json) {
        if (value instanceof Long number) {
            json.writeNumberProperty(key, number.longValue());
        } else if (value instanceof Double number) {
            json.writeNumberProperty(key, number.doubleValue());
        } else if (value instanceof Boolean bool) {
            json.writeBooleanProperty(key, bool);
        } else {
            json.writeStringProperty(key, (String) value);
        }
    }
}
