package io.webanalytics.system.crash;

import io.webanalytics.system.Service;
import io.webanalytics.system.crash.Attempts.Outcome;
import io.webanalytics.testing.Http;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Senders that send each event once, alone or with others, to one ingestion service or another, until they are stopped. */
final class Load implements AutoCloseable {

    private static final int SENDERS = 8;
    private static final int BATCH = 5;
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final Duration PAUSE_IF_REFUSED = Duration.ofMillis(250);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration AGAIN_TIMEOUT = Duration.ofMinutes(3);

    private final List<Service> ingestion;
    private final Attempts attempts;
    private final List<Thread> senders = new ArrayList<>();
    private volatile boolean stopped;
    private volatile int unexpected;

    Load(List<Service> ingestion, Attempts attempts) {
        this.ingestion = ingestion;
        this.attempts = attempts;
        for (int i = 0; i < SENDERS; i++) {
            senders.add(new Thread(this::send, "sender-" + i));
        }
        senders.forEach(Thread::start);
    }

    /** A status that no sender should ever see, or 0. */
    int unexpectedStatus() {
        return unexpected;
    }

    @Override
    public void close() {
        stopped = true;
        Threads.joinAll(senders);
    }

    private void send() {
        while (!stopped) {
            int count = ThreadLocalRandom.current().nextInt(4) == 0 ? BATCH : 1;
            int first = attempts.begin(count);
            Outcome outcome = post(ingestion.get(first % ingestion.size()), first, count);
            IntStream.range(first, first + count).forEach(number -> attempts.end(number, outcome));
            LockSupport.parkNanos((outcome == Outcome.REFUSED ? PAUSE_IF_REFUSED : PAUSE).toNanos());
        }
    }

    /** Sends each of these again, to every ingestion service in turn, until it is acknowledged. */
    void sendUntilAcknowledged(List<Integer> numbers) {
        long deadline = System.nanoTime() + AGAIN_TIMEOUT.toNanos();
        ConcurrentLinkedQueue<Integer> waiting = new ConcurrentLinkedQueue<>(numbers);
        List<Thread> again = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            again.add(new Thread(
                    () -> {
                        for (Integer number = waiting.poll(); number != null; number = waiting.poll()) {
                            int turn = number;
                            while (post(ingestion.get(turn++ % ingestion.size()), number, 1) != Outcome.ACKNOWLEDGED
                                    && System.nanoTime() < deadline) {
                                LockSupport.parkNanos(PAUSE.toNanos());
                            }
                        }
                    },
                    "sender-again-" + i));
        }
        again.forEach(Thread::start);
        Threads.joinAll(again);
    }

    /** Sends an event, or several in one request. */
    private Outcome post(Service service, int first, int count) {
        String events =
                IntStream.range(first, first + count).mapToObj(Attempts::event).collect(Collectors.joining(","));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url(count == 1 ? "/event" : "/events")))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(count == 1 ? events : "[" + events + "]"));
        String allTaken = count == 1 ? "\"received\"" : "\"received\":" + count + ",";
        try {
            HttpResponse<String> response = Http.send(request, TIMEOUT);
            if (response.statusCode() == 202 && response.body().contains(allTaken)) {
                return Outcome.ACKNOWLEDGED;
            }
            if (response.statusCode() != 503) {
                unexpected = response.statusCode();
            }
            return response.body().contains("\"queue_full\"") ? Outcome.REFUSED : Outcome.INDETERMINATE;
        } catch (UncheckedIOException e) {
            boolean sent = !(e.getCause() instanceof ConnectException)
                    && !(e.getCause() instanceof HttpConnectTimeoutException);
            return sent ? Outcome.INDETERMINATE : Outcome.REFUSED;
        }
    }
}
