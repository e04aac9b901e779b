package io.webanalytics.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.cluster.SlotHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionsTests {

    @Test
    void theOnlyPartitionIsCalledZero() {
        assertThat(Partitions.tags(1)).containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 16, 256})
    void eachPartitionLiesInARangeOfSlotsOfItsOwn(int partitions) {
        assertThat(Partitions.tags(partitions)).hasSize(partitions).doesNotHaveDuplicates();
        for (int i = 0; i < partitions; i++) {
            int slot =
                    SlotHash.getSlot(new QueueKeys(Partitions.tags(partitions).get(i)).toString());
            assertThat(slot)
                    .isBetween(
                            (int) Math.ceil(16_384.0 * i / partitions),
                            (int) Math.ceil(16_384.0 * (i + 1) / partitions) - 1);
        }
    }

    @Test
    void growingByAMultipleKeepsEveryPartition() {
        assertThat(Partitions.tags(6)).containsAll(Partitions.tags(3)).containsAll(Partitions.tags(2));
        assertThat(Partitions.tags(3)).containsAll(Partitions.tags(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 257})
    void numbersOutOfBoundsAreRefused(int partitions) {
        assertThatThrownBy(() -> Partitions.tags(partitions)).isInstanceOf(IllegalArgumentException.class);
    }
}
