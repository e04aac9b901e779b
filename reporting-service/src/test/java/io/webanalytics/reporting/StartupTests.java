package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A service that cannot start says why. */
@ExtendWith(OutputCaptureExtension.class)
class StartupTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--spring.mongodb.uri=nonsense | The setting spring.mongodb.uri is invalid: The connection string is invalid",
                "--spring.mongodb.uri=mongodb://localhost:27017 | The setting spring.mongodb.uri is invalid: must name the database",
                "--reporting.query-timeout=0s | Property: reporting.queryTimeout",
                "--reporting.query-timeout=soon | Property: reporting.query-timeout",
            })
    void invalidSettingIsNamed(String argument, String sentence, CapturedOutput output) {
        assertThatThrownBy(() -> ReportingApplication.application().run("--server.port=0", argument));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(sentence)
                .doesNotContain("\tat ");
    }

    @Test
    void busyPortIsNamed(CapturedOutput output) throws IOException {
        try (ServerSocket busy = new ServerSocket(0)) {
            int port = busy.getLocalPort();
            assertThatThrownBy(() -> ReportingApplication.application()
                    .run("--server.port=" + port, "--spring.mongodb.uri=mongodb://127.0.0.1:1/x"));

            assertThat(output).contains("Port " + port + " was already in use").doesNotContain("\tat ");
        }
    }
}
