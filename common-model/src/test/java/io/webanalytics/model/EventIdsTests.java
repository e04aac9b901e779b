package io.webanalytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventIdsTests {

    private static final Instant TIMESTAMP = Instant.parse("2025-11-12T19:30:01.234Z");
    private static final Instant RECEIVED = Instant.parse("2025-11-12T19:31:00Z");

    @Test
    void retryGetsTheSameIdWheneverItArrivesAndWhateverElseItSays() {
        UUID first = EventIds.idOf(event("site", "e1", TIMESTAMP), RECEIVED);
        Event retry = new Event("site", "click", "/other", "someone", TIMESTAMP, "e1")
                .with(EventField.REFERRER, "https://x/")
                .with(EventField.SESSION_ID, "visit")
                .with(Map.of("a", 1L));

        assertThat(EventIds.idOf(retry, RECEIVED.plusSeconds(99))).isEqualTo(first);
    }

    @Test
    void siteEventIdAndTimestampEachMakeAnotherId() {
        Set<UUID> ids = new HashSet<>();
        ids.add(EventIds.idOf(event("site", "e1", TIMESTAMP), RECEIVED));
        ids.add(EventIds.idOf(event("site", "e2", TIMESTAMP), RECEIVED));
        ids.add(EventIds.idOf(event("site", "e1", TIMESTAMP.plusMillis(1)), RECEIVED));
        ids.add(EventIds.idOf(event("sitee", "1", TIMESTAMP), RECEIVED));

        assertThat(ids).hasSize(4);
    }

    @Test
    void derivedIdIsAUuidV8ThatBeginsWithTheTimestamp() {
        UUID id = EventIds.idOf(event("site", "e1", TIMESTAMP), RECEIVED);

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(TIMESTAMP.toEpochMilli());
    }

    /** The id is part of the contract: were it to change, a retry across an upgrade would be counted twice. */
    @Test
    void derivedIdNeverChanges() {
        assertThat(EventIds.idOf(event("site-abc-123", "e1", TIMESTAMP), RECEIVED))
                .hasToString("019a798b-df92-83c8-af6e-b2a87d12b173");
    }

    @Test
    void idWithoutEventIdIsAUuidV7ThatBeginsWithTheReceipt() {
        UUID id = EventIds.idOf(event("site", null, TIMESTAMP), RECEIVED);

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(RECEIVED.toEpochMilli());
    }

    @Test
    void equalEventsWithoutEventIdGetDifferentIds() {
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(EventIds.idOf(event("site", null, TIMESTAMP), RECEIVED));
        }
        assertThat(ids).hasSize(10_000);
    }

    private static Event event(String site, @Nullable String eventId, Instant timestamp) {
        return new Event(site, "page_view", "/", "u", timestamp, eventId);
    }
}
