package io.webanalytics.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.webanalytics.service.InvalidSettingException;
import io.webanalytics.sites.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessSettingTests {

    private final AccessAutoConfiguration configuration = new AccessAutoConfiguration();

    @Test
    void isOpenOrKeys() {
        assertThat(configuration.access("open")).isEqualTo(Access.OPEN);
        assertThat(configuration.access("keys")).isEqualTo(Access.KEYS);
    }

    /** A misspelt setting must not leave a system open. */
    @ParameterizedTest
    @ValueSource(strings = {"", "closed", "KEYS", "key", "true", " keys"})
    void anythingElseIsRefused(String setting) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> configuration.access(setting))
                .withMessage("The setting access is invalid: must be open or keys");
    }
}
