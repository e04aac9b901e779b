package io.webanalytics.rollup;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Distinct users: each of them, or a sketch where they are too many to be kept. */
public final class DistinctUsers {

    /**
     * Half the width of the interval around an estimate in which the true number lies with a probability of 95 %, as a share of
     * the estimate.
     */
    public static final double RELATIVE_ERROR = UserSketch.RELATIVE_ERROR;

    private UserSet set = new UserSet();
    private @Nullable UserSketch sketch;

    /** The hash that stands for a user. */
    public static long hash(String userId) {
        return UserSet.hash(userId);
    }

    /** @param hash of {@link #hash} */
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

    /** Adds a block of {@link Part#SKETCH}: from now on they are estimated. */
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

    /** Estimates them from now on, in little memory. */
    public void estimate() {
        sketch();
    }

    /** Whether {@link #count} is exact, and not an estimate. */
    public boolean isExact() {
        return sketch == null;
    }

    public long count() {
        return sketch == null ? set.count() : sketch.estimate();
    }

    /** How much memory they take, in bytes. */
    public long bytes() {
        return sketch == null ? set.bytes() : UserSketch.BYTES;
    }

    /** How many are kept themselves, those included that are there twice: cheap to tell. */
    int sizeWithRepeats() {
        return set.sizeWithRepeats();
    }

    /** Those that are kept themselves, as a block. */
    byte[] encodeUsers() {
        return set.encode();
    }

    /** A sketch of them as a block, where that is smaller than they are; otherwise nothing. */
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

    /** Whether the same users are kept. */
    public boolean hasSameUsersAs(DistinctUsers other) {
        return set.equals(other.set);
    }
}
