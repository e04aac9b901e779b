package io.webanalytics.ingestion.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.webanalytics.ingestion.body.BodyMemory.BodyBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BodyMemoryTests {

    private static final int LARGE = 1 << 20;
    private static final int ALL = BodyMemory.MOST / LARGE;

    private final BodyMemory memory = new BodyMemory();

    @Test
    void bodyIsWhatItsPiecesWere() {
        byte[] expected = new byte[100_000];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) i;
        }
        try (BodyBuffer buffer = memory.newBuffer()) {
            for (int from = 0; from < expected.length; from += 100) {
                byte[] piece = new byte[150];
                System.arraycopy(expected, from, piece, 0, 100);
                buffer.append(piece, 100, LARGE);
            }
            assertThat(buffer.take()).isEqualTo(expected);
        }
    }

    @Test
    void memoryIsGivenBackByWhoIsDone() {
        for (int round = 0; round < 3; round++) {
            for (BodyBuffer buffer : arriving(ALL, LARGE)) {
                assertThat(buffer.take()).hasSize(LARGE);
                buffer.close();
            }
        }
    }

    /** A buffer takes memory for the bytes that arrived, not for those that were declared: no body need be evicted. */
    @Test
    void whoeverSentLittleHoldsLittle() {
        List<BodyBuffer> slow = arriving(200, 1_000);

        List<BodyBuffer> others = arriving(ALL - 1, LARGE);
        assertThat(slow).allSatisfy(buffer -> assertThat(buffer.take()).hasSize(1_000));
        assertThat(others).allSatisfy(buffer -> assertThat(buffer.take()).hasSize(LARGE));
    }

    @Test
    void whoHasBeenArrivingForLongestGivesWay() {
        List<BodyBuffer> slow = arriving(ALL, LARGE);

        BodyBuffer quick = memory.newBuffer();
        append(quick, LARGE); // waits until the others are slow

        assertThat(quick.take()).hasSize(LARGE);
        assertThatThrownBy(() -> append(slow.get(0), 1)).isInstanceOf(TooBusyException.class);
        assertThatThrownBy(() -> slow.get(0).take()).isInstanceOf(TooBusyException.class);
        assertThat(slow.subList(1, ALL))
                .allSatisfy(buffer -> assertThat(buffer.take()).hasSize(LARGE));
    }

    @Test
    void manyWhoAreSlowKeepNobodyOut() {
        arriving(ALL, LARGE);
        for (int i = 0; i < ALL; i++) {
            BodyBuffer quick = memory.newBuffer();
            append(quick, LARGE);
            assertThat(quick.take()).hasSize(LARGE);
            quick.close();
        }
    }

    @Test
    void whoHasArrivedGivesWayToNobodyAndWhoFindsNoMemoryIsRefused() {
        List<BodyBuffer> parsed = arriving(ALL, LARGE);
        parsed.forEach(BodyBuffer::take);

        BodyBuffer next = memory.newBuffer();
        assertThatThrownBy(() -> append(next, 1)).isInstanceOf(TooBusyException.class);
        parsed.get(0).close();
        append(memory.newBuffer(), 1);
    }

    /** A body that is evicted while it grows, or refused, must release all its memory. */
    @Test
    void nothingIsLostWhereManyFightForIt() {
        List<CompletableFuture<?>> fights = new ArrayList<>();
        for (int i = 0; i < 4 * ALL; i++) {
            fights.add(CompletableFuture.runAsync(
                    () -> {
                        try (BodyBuffer buffer = memory.newBuffer()) {
                            for (int kilobytes = 0; kilobytes < 1_024; kilobytes += 64) {
                                append(buffer, 64 << 10);
                            }
                            buffer.take();
                        }
                    },
                    task -> new Thread(task).start()));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> fights.stream().allMatch(CompletableFuture::isDone));
        assertThat(fights.stream().map(fight -> catchThrowable(fight::join)).filter(Objects::nonNull))
                .allSatisfy(failure -> assertThat(failure).hasCauseInstanceOf(TooBusyException.class));

        assertThat(arriving(ALL, LARGE)).hasSize(ALL);
    }

    private List<BodyBuffer> arriving(int bodies, int bytes) {
        List<BodyBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < bodies; i++) {
            BodyBuffer buffer = memory.newBuffer();
            append(buffer, bytes);
            buffers.add(buffer);
        }
        return buffers;
    }

    private static void append(BodyBuffer buffer, int bytes) {
        buffer.append(new byte[bytes], bytes, LARGE);
    }
}
