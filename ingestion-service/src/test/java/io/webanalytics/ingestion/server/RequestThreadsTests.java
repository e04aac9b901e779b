package io.webanalytics.ingestion.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.coyote.http11.Http11NioProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestThreadsTests {

    private final RequestThreads threads = new RequestThreads();
    private final Http11NioProtocol protocol = new Http11NioProtocol();

    @AfterEach
    void stop() {
        threads.destroy();
    }

    @Test
    void requestForWhichNoThreadCanBeMadeWaitsForOne() {
        threads.customize(protocol);
        ThreadPoolExecutor pool = (ThreadPoolExecutor) protocol.getExecutor();
        ThreadFactory working = pool.getThreadFactory();
        AtomicInteger handled = new AtomicInteger();
        pool.setThreadFactory(task -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        pool.execute(handled::incrementAndGet);
        assertThat(handled).hasValue(0);

        pool.setThreadFactory(working);
        await().until(() -> handled.get() == 1);
        assertThat(pool.getQueue()).isEmpty();
    }
}
