package io.webanalytics.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ProcessorPropertiesTests {

    /** Otherwise a claim whose reply is lost is recovered while its worker lives, and after three times it is a dead letter. */
    @ParameterizedTest
    @CsvSource({"1s, 2s", "1s, 1m", "5s, 3s", "30s, 3s", "10m, 1m"})
    void workerThatWaitsInVainForItsClaimAsksAgainWithinTheLease(String lease, String redisTimeout) {
        Map<String, String> settings = Map.of("processor.lease", lease, "processor.redis-timeout", redisTimeout);
        ProcessorProperties properties = new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("processor", ProcessorProperties.class);

        Duration silence = properties.stepTimeout().plus(properties.longestSilence());
        assertThat(silence).isLessThan(properties.lease());
    }
}
