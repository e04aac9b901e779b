package io.webanalytics.processor;

import io.webanalytics.model.Outage;
import io.webanalytics.model.queue.Bell;
import io.webanalytics.model.queue.Claim;
import io.webanalytics.model.queue.EventQueue;
import io.webanalytics.model.queue.QueueException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker: claims a batch, has it processed, again and again, and waits for the bell when there is none. After a
 * failure it claims again, and is given the batch that it still holds.
 */
final class Worker implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private final String name;
    private final EventQueue queue;
    private final Bell bell;
    private final BatchProcessor processor;
    private final ProcessorProperties properties;
    private final Stop stop;
    private final Outage redis;
    private final Backoff backoff = new Backoff();
    private boolean broken;

    Worker(
            String name,
            EventQueue queue,
            Bell bell,
            BatchProcessor processor,
            ProcessorProperties properties,
            Stop stop,
            Outage redis) {
        this.name = name;
        this.queue = queue;
        this.bell = bell;
        this.processor = processor;
        this.properties = properties;
        this.stop = stop;
        this.redis = redis;
    }

    @Override
    public void run() {
        while (!stop.isRequested()) {
            try {
                boolean goOn = claimAndProcess();
                redis.worked();
                broken = false;
                if (goOn) {
                    backoff.reset();
                } else {
                    stop.pause(backoff.next());
                }
            } catch (QueueException e) {
                redis.failed(String.valueOf(e.getMessage()));
                stop.pause(backoff.next());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (!broken) {
                    log.error("{} failed, and will claim its batch again until that works", name, e);
                    broken = true;
                }
                stop.pause(backoff.next());
            }
        }
    }

    /** Whether there was a batch that is settled now, or none. */
    private boolean claimAndProcess() throws InterruptedException {
        Claim claim = queue.claim(
                name,
                properties.lease(),
                properties.batchEvents(),
                properties.batchBytes().toBytes());
        if (claim == null) {
            bell.await();
            return true;
        }
        return processor.process(claim);
    }
}
