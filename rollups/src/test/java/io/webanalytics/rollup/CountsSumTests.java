package io.webanalytics.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CountsSumTests {

    private static final Bucket BUCKET = Bucket.parse("s/hour/2025-11-12T12");

    @Test
    void viewsOfEachValueAreAddedUpInTheOrderOfCodePoints() {
        CountsSum sum = new CountsSum(bytes -> {});
        sum.add(BUCKET, block(Map.of("/a", 1L, "/b", 2L, "/\uFF71", 3L)));
        sum.add(BUCKET, block(Map.of()));
        sum.add(BUCKET, block(Map.of("/b", 10L, "/\uD83D\uDE00", 5L, "", 7L)));
        sum.add(Map.of("/b", 100L));

        assertThat(read(sum)).containsExactly("=7", "/a=1", "/b=112", "/\uFF71=3", "/\uD83D\uDE00=5");
    }

    @Test
    void manyBlocksAreMergedOnTheWay() {
        Random random = new Random(3);
        Map<String, Long> expected = new TreeMap<>(CodePointOrder.ASCENDING);
        LongSummaryStatistics memory = new LongSummaryStatistics();
        CountsSum sum = new CountsSum(memory);
        long bytes = 0;
        while (bytes < 40 << 20) {
            Map<String, Long> views = new HashMap<>();
            for (int i = 0; i < 1_000; i++) {
                views.merge("/" + "x".repeat(500) + random.nextInt(5_000), 1L + random.nextInt(3), Long::sum);
            }
            views.replaceAll((value, more) -> more * 1_000_000_000_000L);
            ByteBuffer block = uncompressed(views);
            bytes += block.remaining();
            sum.add(BUCKET, block);
            views.forEach((value, more) -> expected.merge(value, more, Long::sum));
        }

        assertThat(memory.getMax()).isLessThan(20 << 20);
        assertThat(read(sum))
                .isEqualTo(expected.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
    }

    /** Memory is accounted for before it is taken. */
    @Test
    void nothingIsAddedForWhichThereIsNoMemory() {
        CountsSum sum = new CountsSum(bytes -> {
            if (bytes > 100) {
                throw new IllegalStateException("too much");
            }
        });
        sum.add(BUCKET, block(Map.of("/a", 1L)));

        assertThatIllegalStateException().isThrownBy(() -> sum.add(BUCKET, block(Map.of("/" + "b".repeat(100), 1L))));
        assertThatIllegalStateException().isThrownBy(() -> sum.add(Map.of("/" + "c".repeat(100), 1L)));
        assertThat(read(sum)).containsExactly("/a=1");
    }

    @Test
    void ofAPartOnlyTheBlockIsKept() {
        ByteBuffer block = block(Map.of("/a", 1L));
        CountsSum sum = new CountsSum(bytes -> {});

        sum.add(BUCKET, block);
        Arrays.fill(block.array(), (byte) 9);

        assertThat(read(sum)).containsExactly("/a=1");
    }

    @Test
    void blockThatCannotBeReadNamesItsBucket() {
        CountsSum sum = new CountsSum(bytes -> {});
        sum.add(BUCKET, ByteBuffer.wrap(new byte[] {9, 9, 9}));

        assertThatThrownBy(() -> read(sum))
                .isInstanceOfSatisfying(
                        BucketParts.BrokenException.class,
                        e -> assertThat(e.bucket()).isEqualTo(BUCKET));
    }

    private static ByteBuffer block(Map<String, Long> views) {
        return ByteBuffer.wrap(CountsFormat.encode(views));
    }

    /** Returns a valid block whose values share no bytes with the ones before them. */
    private static ByteBuffer uncompressed(Map<String, Long> views) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        views.keySet().stream().sorted(CodePointOrder.ASCENDING).forEach(value -> {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            CountsFormat.writeNumber(out, 0);
            CountsFormat.writeNumber(out, bytes.length);
            out.writeBytes(bytes);
            CountsFormat.writeNumber(out, views.get(value));
        });
        return ByteBuffer.wrap(out.toByteArray());
    }

    private static List<String> read(CountsSum sum) {
        List<String> read = new ArrayList<>();
        sum.forEach(
                (value, length, views) -> read.add(new String(value, 0, length, StandardCharsets.UTF_8) + "=" + views));
        return read;
    }
}
