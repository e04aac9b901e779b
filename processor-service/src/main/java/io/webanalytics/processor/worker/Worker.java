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
 * One worker: claims a batch and has it processed, or waits for the bell where there is none. After a failure it claims again,
 * and is given the batch that it still holds: soon enough for its lease, which nobody renews while it pauses. An error ends it,
 * and its lease, so that the batch which may have caused it has one worker's death counted.
 *
 * @param name that no other worker ever had
 */
record Worker(String name, Partition partition, Bell bell, BatchProcessor processor, ProcessorProperties properties)
        implements Loop.Step {

    /** Goes on at once where the batch is settled, or where there was none. */
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
