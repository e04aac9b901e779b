package io.webanalytics.reporting.manage;

import java.io.IOException;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.stereotype.Component;

/** Reads the body of a request as {@link Fields}. */
@Component
class FieldsConverter extends AbstractHttpMessageConverter<Fields<?>> {

    FieldsConverter() {
        super(MediaType.APPLICATION_JSON);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Fields.class;
    }

    @Override
    protected Fields<?> readInternal(Class<? extends Fields<?>> type, HttpInputMessage message) throws IOException {
        return Fields.read(message.getBody());
    }

    @Override
    protected void writeInternal(Fields<?> fields, HttpOutputMessage message) {
        throw new UnsupportedOperationException("fields are not written");
    }
}
