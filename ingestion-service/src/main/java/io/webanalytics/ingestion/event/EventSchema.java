package io.webanalytics.ingestion.event;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.webanalytics.model.EventField;
import io.webanalytics.model.TextRule;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Adds the schema of an event to OpenAPI, made from the rules of {@link EventField}. */
@Component
class EventSchema implements OpenApiCustomizer {

    static final String NAME = "Event";
    private static final String PROPERTY = "PropertyValue";

    static final String REFERENCE = Components.COMPONENTS_SCHEMAS_REF + NAME;

    @Override
    public void customise(OpenAPI api) {
        Schema<?> event = new ObjectSchema()
                .description(
                        "An event, as senders write it: one JSON object of at most 64 KiB. Unknown fields are ignored, and"
                                + " `null` is the same as left out. A character is a Unicode code point. Referrer, session and properties"
                                + " are cut to what they may have; all else is refused where it breaks its rule.");
        for (EventField field : EventField.ALL) {
            event.addProperty(field.word(), schema(field.rule()).description(field.description()));
            if (field.isRequired()) {
                event.addRequiredItem(field.word());
            }
        }
        api.getComponents().addSchemas(NAME, event).addSchemas(PROPERTY, property());
    }

    private static Schema<?> property() {
        Schema<?> value = new Schema<>();
        value.setTypes(new LinkedHashSet<>(List.of("string", "number", "boolean")));
        return value.description("A string, which is cut after 500 characters, a number, true or false.");
    }

    private static Schema<?> schema(@Nullable TextRule rule) {
        if (rule == null) {
            return new ObjectSchema().additionalProperties(new Schema<>().$ref(PROPERTY));
        }
        Schema<?> text = new StringSchema().pattern(rule.pattern()).format(rule.format());
        return rule.isBounded() ? text.minLength(1).maxLength(rule.most()) : text;
    }
}
