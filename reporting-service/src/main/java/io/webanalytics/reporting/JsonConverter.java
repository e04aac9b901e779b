package io.webanalytics.reporting;

import io.webanalytics.reporting.answer.Answer;
import io.webanalytics.reporting.count.ReportMemory;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers as JSON. */
@Component
class JsonConverter extends AnswerConverter<Answer> {

    private final JsonMapper mapper;

    JsonConverter(ReportMemory memory, JsonMapper mapper) {
        super(MediaType.APPLICATION_JSON, Answer.class, memory);
        this.mapper = mapper;
    }

    @Override
    Answer answer(Answer answer) {
        return answer;
    }

    @Override
    void write(Answer answer, OutputStream to) throws IOException {
        try {
            mapper.writeValue(to, answer);
        } catch (JacksonException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken; // the connection is broken: fail as any other writer does
            }
            throw e;
        }
    }
}
