package io.webanalytics.reporting.oracle;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import io.webanalytics.model.Event;
import io.webanalytics.model.EventField;
import io.webanalytics.model.QueueSnapshot;
import io.webanalytics.model.QueuedEvent;
import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.model.Referrers;
import io.webanalytics.model.RejectionReason;
import io.webanalytics.queue.Claim;
import io.webanalytics.queue.Claim.Element;
import io.webanalytics.queue.DeadLetters.Letter;
import io.webanalytics.queue.EventQueue;
import io.webanalytics.queue.Ledger;
import io.webanalytics.rollup.Bucket;
import io.webanalytics.rollup.QueueSnapshots;
import io.webanalytics.rollup.build.Marks;
import io.webanalytics.store.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * Does what senders, workers and operators do with events, one step after the other, with a real queue and a real store. It
 * remembers what must be counted.
 */
final class History {

    /** The longest time from the receipt of an event to its push. */
    static final Duration LATEST_PUSH = Duration.ofMillis(5);

    private static final Duration LEASE = Duration.ofMillis(30);

    private final EventQueue queue;
    private final MongoDatabase database;
    private final QueueSnapshots snapshots;
    private final Marks marks;
    private final World world;
    private final Random random;
    private final Map<String, Claim> held = new HashMap<>();
    private final Map<UUID, Instant> acknowledged = new HashMap<>();
    private final Set<UUID> unmarked = new HashSet<>();
    private final Set<UUID> deadThen = new HashSet<>();
    private final Map<UUID, Event> stored = new LinkedHashMap<>();
    private int workers;

    History(EventQueue queue, MongoDatabase database, Marks marks, World world, Random random) {
        this.queue = queue;
        this.database = database;
        this.snapshots = new QueueSnapshots(database);
        this.marks = marks;
        this.world = world;
        this.random = random;
    }

    /** Returns all stored events. */
    Map<UUID, Event> stored() {
        return stored;
    }

    /** Whether a stored event has an hour that is not marked: reports may or may not count it yet. */
    boolean isInBetween() {
        return !unmarked.isEmpty();
    }

    void accept() {
        List<byte[]> elements = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            QueuedEvent event = QueuedEvent.receive(
                    world.event(), Instant.now().minusMillis(random.nextLong(LATEST_PUSH.toMillis())));
            elements.add(QueuedEventFormat.encode(event));
            ids.add(event.id());
        }
        queue.accept(elements, 1_000_000)
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
        Instant now = Instant.now();
        ids.forEach(id -> acknowledged.putIfAbsent(id, now));
    }

    /** Claims a batch for a new worker, which may die before it processes the batch. */
    void claim() {
        String worker = "w" + workers++;
        Claim claim = queue.claim(worker, LEASE, 1 + random.nextInt(30), 1 << 20);
        if (claim != null) {
            held.put(worker, claim);
        }
    }

    /** Processes all claimed batches. A worker may die before it marks, or before it settles. */
    void process() {
        for (Claim claim : List.copyOf(held.values())) {
            held.remove(claim.worker());
            switch (random.nextInt(6)) {
                case 0 -> queue.release(claim);
                case 1 -> queue.postpone(claim);
                case 2 -> bury(claim);
                default -> store(claim, random.nextInt(4));
            }
        }
    }

    private void bury(Claim claim) {
        Element element = world.pick(claim.elements());
        queue.bury(claim, element, RejectionReason.STORE_REFUSED, "refused", Instant.now());
        queue.release(claim);
    }

    private void store(Claim claim, int dies) {
        List<QueuedEvent> batch = new ArrayList<>();
        claim.elements().forEach(element -> batch.add(QueuedEventFormat.decode(element.bytes())));
        batch.stream()
                .map(QueuedEvent::id)
                .filter(id -> !stored.containsKey(id))
                .forEach(unmarked::add);
        insert(batch);
        if (dies == 0) {
            return;
        }
        mark(batch);
        if (dies != 1) {
            queue.settle(claim);
        }
    }

    /** Marks the hours that dead workers left unmarked, as the redelivery of their batches will. */
    void markTheRest() {
        marks.mark(unmarked.stream()
                .map(stored::get)
                .map(event -> Bucket.hour(event.siteId(), event.timestamp()))
                .collect(Collectors.toSet()));
        unmarked.clear();
    }

    /** Stores and marks events that never were in the queue, as another processor might at the same time. */
    void intrude(int events) {
        List<QueuedEvent> batch = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            batch.add(QueuedEvent.receive(world.event(), Instant.now()));
        }
        insert(batch);
        mark(batch);
    }

    private void mark(List<QueuedEvent> batch) {
        marks.mark(batch.stream()
                .map(QueuedEvent::event)
                .map(event -> Bucket.hour(event.siteId(), event.timestamp()))
                .collect(Collectors.toSet()));
        batch.forEach(event -> unmarked.remove(event.id()));
    }

    private void insert(List<QueuedEvent> batch) {
        try {
            database.getCollection("events")
                    .insertMany(batch.stream().map(History::document).toList(), new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (e.getWriteErrors().stream().anyMatch(error -> error.getCode() != Refusal.DUPLICATE_KEY)) {
                throw e;
            }
        }
        batch.forEach(event -> stored.putIfAbsent(event.id(), event.event()));
    }

    /** Recovers the batches of dead workers. */
    void recover() {
        queue.ledger().holders().stream()
                .filter(holder -> !held.containsKey(holder.worker()))
                .forEach(holder -> queue.recover(holder.worker()));
    }

    void replay() {
        List<String> letters =
                queue.deadLetters().list(null, 5).stream().map(Letter::id).toList();
        if (!letters.isEmpty()) {
            queue.deadLetters().replay(letters);
        }
    }

    /** Writes the snapshot that the processor writes once a second. */
    void snapshot() {
        LockSupport.parkNanos(1_000_000); // a snapshot does not replace one of the same time
        QueueSnapshot snapshot = Ledger.snapshotOf(List.of(queue.ledger()), LATEST_PUSH.plusMillis(1));
        if (snapshot != null) {
            snapshots.write(snapshot);
            deadThen.clear();
            queue.deadLetters()
                    .list(null, 1_000)
                    .forEach(letter -> deadThen.add(
                            QueuedEventFormat.decode(letter.element()).id()));
        }
    }

    /** Returns the events that a report which is complete through an instant must count, but are missing. */
    List<UUID> missing(Instant completeThrough) {
        return acknowledged.entrySet().stream()
                .filter(entry -> entry.getValue().isBefore(completeThrough))
                .map(Map.Entry::getKey)
                .filter(id -> !deadThen.contains(id))
                .filter(id -> !stored.containsKey(id) || unmarked.contains(id))
                .toList();
    }

    static Document document(QueuedEvent queued) {
        Event event = queued.event();
        Document document = new Document("_id", queued.id())
                .append("site_id", event.siteId())
                .append("event_type", event.eventType())
                .append("path", event.path())
                .append("user_id", event.userId())
                .append("timestamp", Date.from(event.timestamp()));
        if (event.text(EventField.REFERRER) != null) {
            document.append("referrer_host", Referrers.hostOf(event.text(EventField.REFERRER)));
        }
        return document;
    }
}
