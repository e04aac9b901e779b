package io.webanalytics.rollup;

import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import io.webanalytics.store.CollectionNames;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The collection of the buckets' parts. A part is written once, under the name of its build, before the head that names that
 * build. It never changes, and is deleted once another build has replaced it.
 */
public final class BucketParts {

    /** Larger than any part, in bytes. A document of MongoDB holds 16 MiB. */
    static final int LARGEST = 15 << 20;

    /** Most bytes that are read together, unless a single part is larger. */
    private static final int PORTION = 4 << 20;

    /** Memory while parts are read, in multiples of their size: MongoDB's reply, and the parts decoded from it. */
    private static final int WHILE_READ = 2;

    /** Age of an orphan: far longer than a builder takes from its parts to their head. */
    private static final Duration ORPHANED_AFTER = Duration.ofHours(1);

    static final String ID = "_id";
    static final String DATA = "data";

    private final Supplier<MongoDatabase> database;
    private final PartCache cache;
    private final LongConsumer memory;

    /** Reads all parts from MongoDB. */
    public BucketParts(MongoDatabase database) {
        this(database, new PartCache(0));
    }

    /** Reads parts from MongoDB that are not in the cache. */
    public BucketParts(MongoDatabase database, PartCache cache) {
        this(() -> database, cache, bytes -> {});
    }

    /**
     * The same within limits.
     *
     * @param database called before each operation, because the time limit may be shorter each time
     * @param memory called before parts are read, with the bytes that are in use from now on; it may throw
     */
    public BucketParts(Supplier<MongoDatabase> database, PartCache cache, LongConsumer memory) {
        this.database = database;
        this.cache = cache;
        this.memory = memory;
    }

    private MongoCollection<Document> parts() {
        return database.get().getCollection(CollectionNames.ROLLUP_PARTS).withReadPreference(ReadPreference.primary());
    }

    private FindIterable<StoredPart> find(Collection<String> ids) {
        return parts().withDocumentClass(StoredPart.class)
                .withCodecRegistry(StoredPart.REGISTRY)
                .find(Filters.in(ID, ids));
    }

    /** A part no longer exists, because its bucket was rebuilt: the head that named it is out of date. */
    public static final class GoneException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Set<Bucket> buckets;

        GoneException(Collection<BucketHead> heads) {
            super("parts of " + heads.size() + " buckets are gone", null, false, false);
            buckets = heads.stream().map(BucketHead::bucket).collect(Collectors.toSet());
        }

        /** Returns the buckets that lack a part. */
        public Set<Bucket> buckets() {
            return buckets;
        }
    }

    /** A part cannot be decoded. */
    public static final class BrokenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Bucket bucket;

        BrokenException(Bucket bucket, RuntimeException cause) {
            super("a part of " + bucket.id() + " cannot be read", cause);
            this.bucket = bucket;
        }

        /** Returns the bucket of the part. */
        public Bucket bucket() {
            return bucket;
        }
    }

    /** @throws MongoException if MongoDB does not acknowledge it */
    public void insert(List<Document> documents) {
        if (!documents.isEmpty()) {
            parts().insertMany(documents, new InsertManyOptions().ordered(false));
            documents.forEach(part ->
                    cache.add(part.getString(ID), part.get(DATA, Binary.class).getData()));
        }
    }

    /**
     * Deletes the parts that no head names: the earlier build's if the new build was committed, else the new build's.
     *
     * @param committed the buckets whose new build was committed
     */
    public void deleteUnused(Collection<Built> built, Set<Bucket> committed) {
        List<String> ids = new ArrayList<>();
        for (Built bucket : built) {
            boolean isNew = committed.contains(bucket.bucket());
            String unused = isNew ? bucket.head().build() : bucket.build();
            if (unused != null) {
                for (Part part : Part.values()) {
                    ids.add(id(bucket.bucket(), part, unused));
                }
            }
        }
        if (!ids.isEmpty()) {
            parts().deleteMany(Filters.in(ID, ids));
        }
    }

    /**
     * Compares the parts of a site in a time range with the heads, and deletes orphans: old parts that no head names.
     *
     * @param heads all heads of the site and the unit in that range
     * @return the buckets that lack a part
     */
    public Set<Bucket> check(String siteId, Bucket.Unit unit, Instant from, Instant to, Collection<BucketHead> heads) {
        Map<String, Bucket> named = new HashMap<>();
        for (BucketHead head : heads) {
            head.parts().keySet().forEach(part -> named.put(id(head.bucket(), part, head.build()), head.bucket()));
        }
        List<String> orphans = new ArrayList<>();
        Date old = Date.from(Instant.now().minus(ORPHANED_AFTER));
        Bson inside = Filters.and(
                Filters.gte(ID, new Bucket(siteId, unit, from).id()),
                Filters.lt(ID, new Bucket(siteId, unit, to).id()));
        for (Document found : parts().find(inside).projection(new Document(ID, 1))) {
            String id = found.getString(ID);
            if (named.remove(id) == null && buildOf(id).getDate().before(old)) {
                orphans.add(id);
            }
        }
        if (!orphans.isEmpty()) {
            parts().deleteMany(Filters.in(ID, orphans));
        }
        return new HashSet<>(named.values());
    }

    private static ObjectId buildOf(String id) {
        return new ObjectId(id.substring(id.lastIndexOf('/') + 1));
    }

    /**
     * Reads the whole content of a bucket. It reads the sketch only if the users themselves are not kept.
     *
     * @throws GoneException if the bucket was rebuilt meanwhile
     */
    public BucketContent content(BucketHead head) {
        BucketContent content = new BucketContent();
        content.addFolded(head.folded());
        head.figures().forEach(figures -> content.put(figures.eventType()).addViews(figures.views()));
        for (Part part : head.parts().keySet()) {
            if (part != Part.SKETCH || !head.parts().containsKey(Part.USERS)) {
                read(
                        part,
                        List.of(head),
                        figures -> true,
                        (same, figures, block) -> part.read(block, content.put(figures.eventType())));
            }
        }
        return content;
    }

    /** Reads the parts of small buckets together into the cache, for the calls of {@link #content} that follow. */
    public void readAhead(Collection<BucketHead> heads) {
        Set<String> wanted = new HashSet<>();
        long bytes = 0;
        for (BucketHead head : heads) {
            int size =
                    head.parts().values().stream().mapToInt(Integer::intValue).sum();
            bytes += size;
            if (size > 0 && bytes <= PORTION) {
                head.parts().keySet().forEach(part -> wanted.add(id(head.bucket(), part, head.build())));
            }
        }
        wanted.removeAll(cache.find(wanted).keySet());
        if (!wanted.isEmpty()) {
            find(wanted).forEach(part -> cache.add(part.id(), part.data()));
        }
    }

    /** Receives a block of a part. */
    @FunctionalInterface
    public interface BlockReader {

        /** @param figures the figures of the type of the block */
        void accept(BucketHead head, TypeFigures figures, ByteBuffer block);
    }

    /**
     * Reads one part of each bucket, a few buckets at a time, so that no reply of MongoDB is large.
     *
     * @param asked selects the types whose blocks are passed on
     * @throws GoneException if a bucket was rebuilt meanwhile
     * @throws BrokenException if a block cannot be decoded
     */
    public void read(Part part, Collection<BucketHead> heads, Predicate<TypeFigures> asked, BlockReader reader) {
        Map<String, BucketHead> portion = new HashMap<>();
        long bytes = 0;
        for (BucketHead head : heads) {
            Integer noted = head.parts().get(part);
            if (noted == null || head.figures().stream().noneMatch(asked)) {
                continue;
            }
            int size = noted > 0 ? noted : LARGEST;
            if (bytes + size > PORTION) {
                readPortion(portion, bytes, asked, reader);
                portion = new HashMap<>();
                bytes = 0;
            }
            portion.put(id(head.bucket(), part, head.build()), head);
            bytes += size;
        }
        readPortion(portion, bytes, asked, reader);
    }

    /**
     * Adds the users of buckets to an estimate: from their sketches if they have any, else from the users themselves. The
     * parameters and exceptions are those of {@link #read}.
     */
    public void readSketches(Collection<BucketHead> heads, Predicate<TypeFigures> asked, DistinctUsers users) {
        Predicate<TypeFigures> many = figures -> figures.users() > UserSketch.LARGEST_SET;
        Map<Boolean, List<BucketHead>> sketched = heads.stream()
                .collect(Collectors.partitioningBy(head -> head.folded().contains(Part.USERS)));
        BlockReader addSketch = (head, figures, block) -> users.addSketch(block);
        read(Part.SKETCH, sketched.get(true), asked, addSketch);
        read(Part.SKETCH, sketched.get(false), asked.and(many), addSketch);
        read(
                Part.USERS,
                sketched.get(false),
                asked.and(many.negate()),
                (head, figures, block) -> users.addUsers(block));
    }

    private void readPortion(
            Map<String, BucketHead> wanted, long bytes, Predicate<TypeFigures> asked, BlockReader reader) {
        cache.find(wanted.keySet()).forEach((id, data) -> readBlocks(data, wanted.remove(id), asked, reader));
        if (wanted.isEmpty()) {
            return;
        }
        memory.accept(WHILE_READ * bytes);
        for (StoredPart found : find(wanted.keySet())) {
            cache.add(found.id(), found.data());
            readBlocks(found.data(), wanted.remove(found.id()), asked, reader);
        }
        memory.accept(0);
        if (!wanted.isEmpty()) {
            throw new GoneException(wanted.values());
        }
    }

    private static void readBlocks(byte[] data, BucketHead head, Predicate<TypeFigures> asked, BlockReader reader) {
        for (int i = 0; i < head.figures().size(); i++) {
            TypeFigures figures = head.figures().get(i);
            if (asked.test(figures)) {
                try {
                    reader.accept(head, figures, Part.blockAt(data, i));
                } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
                    throw new BrokenException(head.bucket(), e);
                }
            }
        }
    }

    static Document document(Bucket bucket, Part part, String build, byte[] data) {
        return new Document(ID, id(bucket, part, build)).append(DATA, new Binary(data));
    }

    private static String id(Bucket bucket, Part part, @Nullable String build) {
        return bucket.id() + "/" + part.word() + "/" + build;
    }
}
