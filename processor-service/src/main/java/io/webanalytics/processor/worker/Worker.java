package io.webanalytics.processor.worker;

import io.webanalytics.processor.ProcessorProperties;
import io.webanalytics.processor.batch.BatchProcessor;
import io.webanalytics.processor.batch.Partition;
import io.webanalytics.processor.repeat.Loop;
import io.webanalytics.queue.Bell;
import io.webanalytics.queue.Claim;

/**
 * One worker: claims a batch and has it processed, or waits for the bell if the queue is empty. After a failure it claims again,
 * and gets the batch that it still holds. It does so before its lease ends, which is not renewed during the pause. An error ends
 * the worker, and with it the lease: its death is counted against the batch, which may have caused the error.
 */
final class Worker implements Loop.Step {

    private final String name;
    private final Partition partition;
    private final Bell bell;
    private final BatchProcessor processor;
    private final ProcessorProperties properties;

    /** @param name a name that no other worker ever had */
    Worker(String name, Partition partition, Bell bell, BatchProcessor processor, ProcessorProperties properties) {
        this.name = name;
        this.partition = partition;
        this.bell = bell;
        this.processor = processor;
        this.properties = properties;
    }

    /** Returns whether the batch is settled, or there was none. */
    @Override
    public boolean run() throws InterruptedException {
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
