package io.webanalytics.model;

/**
 * What is wrong with one field.
 *
 * @param field the field's name as the sender wrote it, {@code properties.plan} for a property, or {@code body}
 *     where no field is at fault
 * @param reason the rule that is broken, without the offending value
 */
public record FieldError(String field, String reason) {

    /** Stands for the request's body as a whole. */
    public static final String BODY = "body";

    @Override
    public String toString() {
        return field + " " + reason;
    }
}
