package io.webanalytics.processor.worker;

import io.webanalytics.model.Outage;
import io.webanalytics.processor.ProcessorProperties;
import io.webanalytics.processor.batch.BatchProcessor;
import io.webanalytics.processor.batch.Partition;
import io.webanalytics.processor.repeat.Backoff;
import io.webanalytics.processor.repeat.Failures;
import io.webanalytics.processor.repeat.Stop;
import io.webanalytics.queue.Bell;
import io.webanalytics.queue.Claim;

/**
 * One worker: claims a batch, has it processed, again and again, and waits for the bell when there is none. After a
 * failure it claims again, and is given the batch that it still holds: soon enough for its lease, which nobody renews while
 * it pauses.
 */
final class Worker implements Runnable {

    private final String name;
    private final Partition partition;
    private final Bell bell;
    private final BatchProcessor processor;
    private final ProcessorProperties properties;
    private final Stop stop;
    private final Failures failures;
    private final Backoff backoff;

    Worker(
            String name,
            Partition partition,
            Bell bell,
            BatchProcessor processor,
            ProcessorProperties properties,
            Stop stop,
            Outage redis) {
        this.name = name;
        this.partition = partition;
        this.bell = bell;
        this.processor = processor;
        this.properties = properties;
        this.stop = stop;
        this.failures = new Failures(name, redis, stop);
        this.backoff = Backoff.upTo(properties.longestSilence());
    }

    @Override
    public void run() {
        while (!stop.isRequested()) {
            try {
                boolean goOn = claimAndProcess();
                failures.worked();
                if (goOn) {
                    backoff.reset();
                } else {
                    stop.pause(backoff.next());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                failures.failed(e);
                stop.pause(backoff.next());
            }
        }
    }

    /** Whether there was a batch that is settled now, or none. */
    private boolean claimAndProcess() throws InterruptedException {
        Claim claim = partition
                .queue()
                .claim(
                        name,
                        properties.lease(),
                        properties.batchEvents(),
                        properties.batchBytes().toBytes());
        if (claim == null) {
            bell.await();
            return true;
        }
        return processor.process(partition, claim);
    }
}
