package io.webanalytics.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webanalytics.model.Outage;
import io.webanalytics.sites.ApiKey;
import io.webanalytics.sites.KeyScope;
import io.webanalytics.sites.Registry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CurrentRegistryTests {

    private static final ApiKey KEY = new ApiKey("abcdefgh", "0".repeat(64), KeyScope.WRITE, List.of("site"), null);
    private static final Registry WITH_KEY = new Registry(List.of(), List.of(KEY));
    private static final LocalDate TODAY = LocalDate.parse("2025-11-12");

    private final Source source = new Source();
    private final Time time = new Time();
    private final CurrentRegistry registry = new CurrentRegistry(source, new Outage("The registry"), time);

    private static final class Source implements RegistrySource {

        private @Nullable Registry registry = WITH_KEY;
        private boolean readable = true;
        private boolean hasMemory = true;
        private boolean writable = true;
        private final List<Map<String, LocalDate>> used = new ArrayList<>();

        @Override
        public @Nullable Registry read() {
            require(readable);
            if (!hasMemory) {
                throw new OutOfMemoryError("full");
            }
            return registry;
        }

        @Override
        public void used(Map<String, LocalDate> days) {
            require(writable);
            used.add(days);
        }

        private static void require(boolean available) {
            if (!available) {
                throw new IllegalStateException("away");
            }
        }
    }

    private static final class Time extends Clock {

        private Instant now = TODAY.atStartOfDay(ZoneOffset.UTC).toInstant();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void revocationActsWhereUsesCannotBeNoted() {
        registry.refresh();
        registry.used(KEY.prefix());
        source.writable = false;
        source.registry = Registry.EMPTY;

        registry.refresh();

        assertThat(registry.get().keys()).isEmpty();
        assertThat(registry.state().problem()).isNull();
    }

    @Test
    void useIsNotedOnceADayAndAgainAfterAFailure() {
        source.writable = false;
        registry.refresh();
        registry.used(KEY.prefix());
        registry.refresh();
        source.writable = true;

        registry.refresh();
        registry.used(KEY.prefix());
        registry.refresh();
        time.now = time.now.plus(Duration.ofDays(1));
        registry.used(KEY.prefix());
        registry.refresh();

        assertThat(source.used).containsExactly(Map.of(KEY.prefix(), TODAY), Map.of(KEY.prefix(), TODAY.plusDays(1)));
    }

    @Test
    void lastRegistryIsKeptAndTheProblemIsTold() {
        registry.refresh();
        source.readable = false;
        registry.refresh();
        assertThat(registry.get().keys()).containsExactly(KEY);
        assertThat(registry.state().problem()).isEqualTo("away");

        source.readable = true;
        source.registry = null;
        registry.refresh();
        assertThat(registry.get().keys()).containsExactly(KEY);
        assertThat(registry.state().problem()).startsWith("there is none");

        source.registry = WITH_KEY;
        registry.refresh();
        assertThat(registry.state().problem()).isNull();
    }

    @Test
    void errorDoesNotEndTheReadings() {
        source.hasMemory = false;

        registry.refresh(); // if it threw, no executor would call it again
        assertThat(registry.state().problem()).isEqualTo("full");

        source.hasMemory = true;
        registry.refresh();
        assertThat(registry.state().problem()).isNull();
    }

    @Test
    void readingThatDoesNotEndIsAProblem() {
        registry.refresh();
        time.now = time.now.plusSeconds(16);

        assertThat(registry.state().problem()).isEqualTo("no reading has ended since");
    }

    @Test
    void nothingCanBeToldBeforeTheFirstOneIsRead() {
        assertThatThrownBy(registry::get).isInstanceOf(CannotTellException.class);
    }
}
