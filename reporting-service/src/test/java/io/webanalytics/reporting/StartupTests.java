package io.webanalytics.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that cannot start logs why. The log is kept out of the build's output, where it would alarm people. */
class StartupTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--spring.mongodb.uri=nonsense | The setting spring.mongodb.uri is invalid: The connection string is invalid",
                "--spring.mongodb.uri=mongodb://localhost:27017 | The setting spring.mongodb.uri is invalid: must name the database",
                "--trusted-proxies=10.0.0.0/8,proxy.example.com | The setting trusted-proxies is invalid: must be IP addresses",
                "--admin-password=too-short | The setting admin-password is invalid: must be 10 characters or more",
                "--reporting.query-timeout=0s | Property: reporting.queryTimeout",
                "--reporting.query-timeout=soon | Property: reporting.query-timeout",
                "--reporting.rollup-cache=-1B | rollupCache must be 0 to 64GB",
                "--reporting.rollup-cache=65GB | rollupCache must be 0 to 64GB",
            })
    void invalidSettingIsNamed(String argument, String sentence) {
        assertThat(outputOfFailedStart("--server.port=0", argument))
                .contains("APPLICATION FAILED TO START")
                .contains(sentence)
                .doesNotContain("\tat ");
    }

    @Test
    void busyPortIsNamed() throws IOException {
        try (ServerSocket busy = new ServerSocket(0)) {
            int port = busy.getLocalPort();
            assertThat(outputOfFailedStart("--server.port=" + port, "--spring.mongodb.uri=mongodb://127.0.0.1:1/x"))
                    .contains("Port " + port + " was already in use")
                    .doesNotContain("\tat ");
        }
    }

    private static String outputOfFailedStart(String... settings) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream capture = new PrintStream(output, true, StandardCharsets.UTF_8);
        PrintStream standardOutput = System.out;
        PrintStream standardError = System.err;
        System.setOut(capture);
        System.setErr(capture);
        try {
            assertThatThrownBy(() -> ReportingApplication.application().run(settings));
        } finally {
            System.setOut(standardOutput);
            System.setErr(standardError);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
