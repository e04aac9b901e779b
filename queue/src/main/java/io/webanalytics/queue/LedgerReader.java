package io.webanalytics.queue;

import static io.webanalytics.queue.QueueCalls.bytes;
import static io.webanalytics.queue.QueueCalls.text;

import io.webanalytics.model.QueuedEventFormat;
import io.webanalytics.queue.Ledger.Holder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the ledger. Redis requires all keys of a script in its call, the in-flight lists among them. Where a worker
 * that is not known here holds a batch, the script returns the names of all that do, and is called again with these.
 */
final class LedgerReader {

    /** Far more calls than it takes for the workers of many processes to become known. */
    private static final int MOST_QUESTIONS = 100;

    /** With more, all names are forgotten, so that those of workers long gone do not pile up. */
    private static final int MOST_KNOWN = 1_000;

    private static final int FIGURES = 9;

    private final QueueCalls calls;
    private final QueueKeys keys;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    LedgerReader(QueueCalls calls, QueueKeys keys) {
        this.calls = calls;
        this.keys = keys;
    }

    Ledger read(String partition) {
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        for (int question = 0; question < MOST_QUESTIONS; question++) {
            List<Object> reply = ask();
            if (reply.get(0) instanceof Long) {
                return ledger(partition, reply);
            }
            reply.forEach(name -> known.add(text(name)));
        }
        throw QueueException.of(new IllegalStateException("the workers change faster than they can be asked for"));
    }

    private List<Object> ask() {
        List<byte[]> declared =
                new ArrayList<>(List.of(keys.queue, keys.ledger, keys.workers, keys.dead, keys.displaced));
        List<byte[]> names = new ArrayList<>();
        for (String worker : List.copyOf(known)) {
            declared.add(keys.inflight(worker));
            names.add(bytes(worker));
        }
        return calls.await(Script.LEDGER, declared, names.toArray(byte[][]::new));
    }

    private static Ledger ledger(String partition, List<Object> reply) {
        List<Holder> holders = new ArrayList<>();
        for (Object entry : reply.subList(FIGURES, reply.size())) {
            List<?> holder = (List<?>) entry;
            holders.add(new Holder(
                    text(holder.get(0)),
                    Long.parseLong(text(holder.get(2))),
                    (Long) holder.get(3),
                    Instant.ofEpochMilli((Long) holder.get(1))));
        }
        long oldestPendingReceipt = (Long) reply.get(8);
        return new Ledger(
                partition,
                Instant.ofEpochMilli((Long) reply.get(0)),
                (Long) reply.get(1),
                (Long) reply.get(2),
                (Long) reply.get(3),
                (Long) reply.get(4),
                (Long) reply.get(5),
                (Long) reply.get(6),
                QueuedEventFormat.receivedAtOf((byte[]) reply.get(7)),
                oldestPendingReceipt > 0 ? Instant.ofEpochMilli(oldestPendingReceipt) : null,
                List.copyOf(holders));
    }
}
