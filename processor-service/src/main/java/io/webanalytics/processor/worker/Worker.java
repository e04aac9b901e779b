package io.webanalytics.processor.worker;

import io.webanalytics.processor.ProcessorProperties;
import io.webanalytics.processor.batch.BatchProcessor;
import io.webanalytics.processor.batch.Partition;
import io.webanalytics.processor.repeat.Loop;
import io.webanalytics.queue.Bell;
import io.webanalytics.queue.Claim;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One worker: claims a batch and has it processed, or waits for the bell if the queue is empty. After a failure it claims again,
 * and gets the batch that it still holds. It does so before its lease ends, which is not renewed during the pause. An error ends
 * the worker, and with it the lease: its death is counted against the batch, which may have caused the error.
 *
 * @param name never used by another worker
 */
record Worker(String name, Partition partition, Bell bell, BatchProcessor processor, ProcessorProperties properties)
        implements Loop.Step {

    /** Goes on at once if the batch is settled, or if there was none. */
    @Override
    public @Nullable Duration run() throws InterruptedException {
        Claim claim = partition
                .queue()
                .claim(
                        name,
                        properties.lease(),
                        properties.batchEvents(),
                        properties.batchBytes().toBytes());
        if (claim == null) {
            bell.await();
            return Duration.ZERO;
        }
        return processor.process(partition, claim) ? Duration.ZERO : null;
    }
}
