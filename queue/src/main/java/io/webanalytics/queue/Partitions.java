package io.webanalytics.queue;

import io.lettuce.core.cluster.SlotHash;
import java.util.List;

/**
 * Where the partitions of the queue lie. Each has a hash tag, which puts all its keys in one slot of a Redis Cluster.
 * The slots are spread evenly, so that every master of a balanced cluster has its share.
 *
 * <p>The tags of n partitions are also tags of any multiple of n: growing from 3 to 6 moves nothing.
 *
 * @see <a href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags">Hash tags</a>
 */
public final class Partitions {

    /** No cluster has more masters than this. */
    public static final int MAX = 256;

    private Partitions() {}

    /**
     * Returns the hash tags. The slots are divided into one equal range per partition; its tag is the smallest number
     * that hashes into the range.
     *
     * @param partitions 1 to {@link #MAX}
     */
    public static List<String> tags(int partitions) {
        if (partitions < 1 || partitions > MAX) {
            throw new IllegalArgumentException("partitions must be 1 to " + MAX);
        }
        String[] tags = new String[partitions];
        int found = 0;
        for (int candidate = 0; found < partitions; candidate++) {
            String tag = String.valueOf(candidate);
            int range = (int) ((long) SlotHash.getSlot(tag) * partitions / SlotHash.SLOT_COUNT);
            if (tags[range] == null) {
                tags[range] = tag;
                found++;
            }
        }
        return List.of(tags);
    }
}
