package io.webanalytics.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.providers.JavadocProvider;

/** Adds to the schema of every record what each component means, and whether it is always there. */
final class RecordSchemas implements ModelConverter {

    private final JavadocProvider javadoc;

    RecordSchemas(JavadocProvider javadoc) {
        this.javadoc = javadoc;
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        Class<?> declared =
                TypeFactory.defaultInstance().constructType(type.getType()).getRawClass();
        if (schema != null && declared.isRecord()) {
            String reference = schema.get$ref();
            describe(
                    reference == null
                            ? schema
                            : context.getDefinedModels()
                                    .get(reference.substring(Components.COMPONENTS_SCHEMAS_REF.length())),
                    declared);
        }
        return schema;
    }

    private void describe(@Nullable Schema<?> schema, Class<?> declared) {
        if (schema == null || schema.getProperties() == null) {
            return;
        }
        Map<String, String> meanings = javadoc.getRecordClassParamJavadoc(declared);
        JsonInclude include = declared.getAnnotation(JsonInclude.class);
        boolean nullsLeftOut = include != null && include.value() == JsonInclude.Include.NON_NULL;
        for (RecordComponent component : declared.getRecordComponents()) {
            String name = Optional.ofNullable(component.getAccessor().getAnnotation(JsonProperty.class))
                    .map(JsonProperty::value)
                    .orElse(component.getName());
            Schema<?> property = schema.getProperties().get(name);
            if (property != null) {
                boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                describe(property, meanings.get(component.getName()), nullable && !nullsLeftOut);
                if (!(nullable && nullsLeftOut)) {
                    require(schema, name);
                }
            }
        }
    }

    private static void describe(Schema<?> property, @Nullable String meaning, boolean nullable) {
        if (property.getDescription() == null && meaning != null) {
            property.setDescription(meaning);
        }
        if (nullable && property.getTypes() != null) {
            property.addType("null");
        }
    }

    private static void require(Schema<?> schema, String name) {
        if (schema.getRequired() == null || !schema.getRequired().contains(name)) {
            schema.addRequiredItem(name);
        }
    }
}
