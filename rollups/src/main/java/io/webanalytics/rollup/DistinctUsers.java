package io.webanalytics.rollup;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Distinct users: the hash of each, or a sketch if there are too many to keep. */
public final class DistinctUsers {

    /** Half the width of the 95 % confidence interval of an estimate, as a share of the estimate. */
    public static final double RELATIVE_ERROR = UserSketch.RELATIVE_ERROR;

    private UserSet set = new UserSet();
    private @Nullable UserSketch sketch;

    /** Returns the hash that stands for a user. */
    public static long hash(String userId) {
        return UserSet.hash(userId);
    }

    /** @param hash a result of {@link #hash} */
    public void add(long hash) {
        if (sketch == null) {
            set.add(hash);
        } else {
            sketch.add(hash);
        }
    }

    void addAll(DistinctUsers other) {
        if (other.sketch != null) {
            sketch().addAll(other.sketch);
        } else if (sketch != null) {
            other.set.addTo(sketch);
        } else {
            set.addAll(other.set);
        }
    }

    /** Adds a block of {@link Part#USERS}. */
    public void addUsers(ByteBuffer block) {
        if (sketch == null) {
            set.decode(block);
        } else {
            UserSet more = new UserSet();
            more.decode(block);
            more.addTo(sketch);
        }
    }

    /** Adds a block of {@link Part#SKETCH}. From now on the users are estimated. */
    public void addSketch(ByteBuffer block) {
        byte[] state = new byte[block.remaining()];
        block.get(state);
        sketch().decode(state);
    }

    private UserSketch sketch() {
        UserSketch kept = sketch;
        if (kept == null) {
            kept = new UserSketch();
            set.addTo(kept);
            set = new UserSet();
            sketch = kept;
        }
        return kept;
    }

    /** Replaces the hashes by a sketch, which takes little memory. From now on the users are estimated. */
    public void estimate() {
        sketch();
    }

    /** Whether {@link #count} is exact and not an estimate. */
    public boolean isExact() {
        return sketch == null;
    }

    public long count() {
        return sketch == null ? set.count() : sketch.estimate();
    }

    /** Returns the memory in use, in bytes. */
    public long bytes() {
        return sketch == null ? set.bytes() : UserSketch.BYTES;
    }

    /** Returns the number of hashes, repeated ones included, which takes no sorting. */
    int sizeWithRepeats() {
        return set.sizeWithRepeats();
    }

    /** Encodes the hashes as a block. */
    byte[] encodeUsers() {
        return set.encode();
    }

    /** Encodes a sketch as a block, if that is smaller than the hashes; otherwise returns nothing. */
    byte[] encodeSketch() {
        if (sketch != null) {
            return sketch.encode();
        }
        if (set.count() <= UserSketch.LARGEST_SET) {
            return new byte[0];
        }
        UserSketch encoded = new UserSketch();
        set.addTo(encoded);
        return encoded.encode();
    }

    /** Whether both keep the same hashes. */
    public boolean hasSameUsersAs(DistinctUsers other) {
        return set.equals(other.set);
    }
}
