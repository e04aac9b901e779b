package io.webanalytics.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AccessLogTests {

    /** The expected figures were computed from events with this digest: one event in each line. */
    @Test
    void eventsAreThoseThatTheExpectedFiguresBelongTo() throws Exception {
        String lines = String.join("\n", AccessLog.events(AccessLog.SITE)) + "\n";

        assertThat(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("4c21036c62d193c51eeaa4726e9d8c76887fa98a015d7fb8f55cbe4492f1e4bf");
    }
}
