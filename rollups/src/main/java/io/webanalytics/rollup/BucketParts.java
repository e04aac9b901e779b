package io.webanalytics.rollup;

import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The collection of the buckets' parts. A part is written once, under the name of its build, before the head that names
 * that build; it never changes, and goes when another build has taken its place.
 */
public final class BucketParts {

    static final String COLLECTION = "rollup_parts";

    /** Largest part in bytes; a document of MongoDB holds 16 MiB. */
    static final int LARGEST = 15 << 20;

    /** Far longer than a builder takes from its parts to their head. */
    private static final Duration ORPHANED_AFTER = Duration.ofHours(1);

    /** Behind every character of an id. */
    private static final String LAST = "~";

    private static final String ID = "_id";
    private static final String DATA = "data";

    private final MongoCollection<Document> parts;
    private final PartCache cache;

    /** Reads all parts from MongoDB. */
    public BucketParts(MongoDatabase database) {
        this(database, new PartCache(0));
    }

    /** Reads from MongoDB what is not in the cache. */
    public BucketParts(MongoDatabase database, PartCache cache) {
        this.parts = database.getCollection(COLLECTION).withReadPreference(ReadPreference.primary());
        this.cache = cache;
    }

    /** A part went while it was to be read, because its bucket was built again: the head that named it is out of date. */
    public static final class GoneException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Set<Bucket> buckets;

        GoneException(Collection<BucketHead> heads) {
            super("parts of " + heads.size() + " buckets are gone", null, false, false);
            buckets = heads.stream().map(BucketHead::bucket).collect(Collectors.toSet());
        }

        /** The buckets that lack a part. */
        public Set<Bucket> buckets() {
            return buckets;
        }
    }

    /** @throws MongoException if MongoDB does not acknowledge it */
    public void insert(List<Document> documents) {
        if (!documents.isEmpty()) {
            parts.insertMany(documents, new InsertManyOptions().ordered(false));
        }
    }

    /** Deletes the parts of builds that no head names any more. */
    public void delete(Map<Bucket, String> builds) {
        List<String> ids = new ArrayList<>();
        builds.forEach((bucket, build) -> {
            for (Part part : Part.values()) {
                ids.add(id(bucket, part, build));
            }
        });
        if (!ids.isEmpty()) {
            parts.deleteMany(Filters.in(ID, ids));
        }
    }

    /**
     * Compares the parts of a day and its hours with their heads, and deletes those that have long been named by none.
     *
     * @return the buckets that lack a part
     */
    public Set<Bucket> check(Bucket day, Collection<BucketHead> heads) {
        Map<String, Bucket> named = new HashMap<>();
        for (BucketHead head : heads) {
            head.parts().forEach(part -> named.put(id(head.bucket(), part, head.build()), head.bucket()));
        }
        List<String> orphans = new ArrayList<>();
        Date old = Date.from(Instant.now().minus(ORPHANED_AFTER));
        String hours = Bucket.hour(day.siteId(), day.start()).id();
        String sameDay = hours.substring(0, hours.length() - 2); // all but the hour
        for (String prefix : List.of(day.id() + "/", sameDay)) {
            Bson inside = Filters.and(Filters.gte(ID, prefix), Filters.lt(ID, prefix + LAST));
            for (Document found : parts.find(inside).projection(new Document(ID, 1))) {
                String id = found.getString(ID);
                if (named.remove(id) == null && buildOf(id).getDate().before(old)) {
                    orphans.add(id);
                }
            }
        }
        if (!orphans.isEmpty()) {
            parts.deleteMany(Filters.in(ID, orphans));
        }
        return Set.copyOf(named.values());
    }

    private static ObjectId buildOf(String id) {
        return new ObjectId(id.substring(id.lastIndexOf('/') + 1));
    }

    /**
     * Adds the content of buckets.
     *
     * @param eventType of this type of event only, or null for all
     * @throws GoneException if a bucket was built again meanwhile
     */
    public void addTo(Tally tally, Part part, Collection<BucketHead> heads, @Nullable String eventType) {
        Predicate<TypeFigures> asked = figures -> isAsked(figures, eventType);
        if (part == Part.USERS) {
            long users = heads.stream()
                    .flatMap(head -> head.figures().stream())
                    .filter(asked)
                    .mapToLong(TypeFigures::users)
                    .sum();
            tally.users().reserve(Math.toIntExact(users));
        }
        read(part, heads, asked, (figures, block) -> part.read(block, tally));
    }

    /**
     * Adds all of buckets' content; sketches follow from the rest.
     *
     * @throws GoneException if a bucket was built again meanwhile
     */
    public void addTo(BucketContent content, Collection<BucketHead> heads) {
        for (BucketHead head : heads) {
            head.figures().forEach(figures -> content.of(figures.eventType()).addViews(figures.views()));
        }
        for (Part part : EnumSet.complementOf(EnumSet.of(Part.SKETCH))) {
            read(part, heads, figures -> true, (figures, block) -> part.read(block, content.of(figures.eventType())));
        }
    }

    /**
     * Adds the users of buckets to a sketch: from their sketches where they have such, else from the users themselves.
     *
     * @throws GoneException if a bucket was built again meanwhile
     */
    public void addTo(UserSketch sketch, Collection<BucketHead> heads, @Nullable String eventType) {
        Predicate<TypeFigures> many = figures -> figures.users() > UserSketch.LARGEST_SET;
        Predicate<TypeFigures> asked = figures -> isAsked(figures, eventType);
        read(Part.SKETCH, heads, asked.and(many), (figures, block) -> {
            byte[] state = new byte[block.remaining()];
            block.get(state);
            sketch.decode(state);
        });
        read(Part.USERS, heads, asked.and(many.negate()), (figures, block) -> {
            UserSet users = new UserSet();
            users.decode(block);
            users.addTo(sketch);
        });
    }

    private static boolean isAsked(TypeFigures figures, @Nullable String eventType) {
        return eventType == null || figures.eventType().equals(eventType);
    }

    private void read(
            Part part,
            Collection<BucketHead> heads,
            Predicate<TypeFigures> asked,
            BiConsumer<TypeFigures, ByteBuffer> reader) {
        Map<String, BucketHead> wanted = new HashMap<>();
        for (BucketHead head : heads) {
            if (head.parts().contains(part) && head.figures().stream().anyMatch(asked)) {
                wanted.put(id(head.bucket(), part, head.build()), head);
            }
        }
        cache.find(List.copyOf(wanted.keySet())).forEach((id, data) -> read(data, wanted.remove(id), asked, reader));
        if (wanted.isEmpty()) {
            return;
        }
        for (Document found : parts.find(Filters.in(ID, wanted.keySet()))) {
            String id = found.getString(ID);
            byte[] data = data(found);
            cache.add(id, data);
            read(data, wanted.remove(id), asked, reader);
        }
        if (!wanted.isEmpty()) {
            throw new GoneException(wanted.values());
        }
    }

    private static void read(
            byte[] data, BucketHead head, Predicate<TypeFigures> asked, BiConsumer<TypeFigures, ByteBuffer> reader) {
        for (int i = 0; i < head.figures().size(); i++) {
            if (asked.test(head.figures().get(i))) {
                reader.accept(head.figures().get(i), Part.blockAt(data, i));
            }
        }
    }

    static Document document(Bucket bucket, Part part, String build, byte[] data) {
        return new Document(ID, id(bucket, part, build)).append(DATA, new Binary(data));
    }

    static byte[] data(Document part) {
        return part.get(DATA, Binary.class).getData();
    }

    private static String id(Bucket bucket, Part part, @Nullable String build) {
        return bucket.id() + "/" + part.word() + "/" + build;
    }
}
