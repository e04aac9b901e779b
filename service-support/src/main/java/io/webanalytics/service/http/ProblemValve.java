package io.webanalytics.service.http;

import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Writes refusals of Tomcat itself, such as of a malformed request line, as problem details instead of as a page. */
final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus status = HttpStatus.valueOf(response.getStatus());
        if (status == HttpStatus.NOT_IMPLEMENTED || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED) {
            // An unknown transfer coding, method or version is the sender's fault; a 5xx would alert operators.
            status = HttpStatus.BAD_REQUEST;
            response.setStatus(status.value());
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        try {
            Writer body = response.getReporter();
            if (body != null) {
                body.write("{\"status\":" + status.value() + ",\"title\":\"" + status.getReasonPhrase() + "\"}");
                response.finishResponse();
            }
        } catch (IOException e) {
            // The sender is gone.
        }
    }
}
