package io.webanalytics.ingestion;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The threads that handle requests. They are few: the queue's answers are waited for by none of them, and so few threads are
 * never idle under load, which saves waking them. Where one has to wait for a sender, {@link #await} puts another in its
 * place.
 */
@Configuration(proxyBeanMethods = false)
class RequestThreads {

    private static final int FEW = Runtime.getRuntime().availableProcessors() + 1;

    /** As many as Tomcat has by default. */
    private static final int MOST = 200;

    private static final int IDLE_SECONDS = 60;

    @Bean
    TomcatProtocolHandlerCustomizer<?> fewThreads() {
        boolean inOrderOfArrival = true;
        ForkJoinPool threads = new ForkJoinPool(
                FEW,
                RequestThread::new,
                null,
                inOrderOfArrival,
                FEW,
                MOST,
                1,
                pool -> true, // at the most, they wait without another in their place
                IDLE_SECONDS,
                TimeUnit.SECONDS);
        return protocol -> protocol.setExecutor(threads);
    }

    interface Waiting<T> {

        T end() throws IOException, InterruptedException;
    }

    /**
     * Does what may have to wait for a sender, or for what others hold.
     *
     * @throws InterruptedIOException if the thread is interrupted meanwhile
     */
    static <T> T await(Waiting<T> waiting) throws IOException {
        Wait<T> wait = new Wait<>(waiting);
        try {
            ForkJoinPool.managedBlock(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        return wait.result();
    }

    private static final class RequestThread extends ForkJoinWorkerThread {

        RequestThread(ForkJoinPool pool) {
            super(pool);
            setName("request-" + getPoolIndex());
            setContextClassLoader(RequestThreads.class.getClassLoader()); // in the runnable jar it is not the system's
        }
    }

    private static final class Wait<T> implements ForkJoinPool.ManagedBlocker {

        private final Waiting<T> waiting;
        private boolean over;
        private @Nullable T result;
        private @Nullable IOException failure;

        Wait(Waiting<T> waiting) {
            this.waiting = waiting;
        }

        @Override
        public boolean block() throws InterruptedException {
            try {
                result = waiting.end();
            } catch (IOException e) {
                failure = e;
            }
            over = true;
            return true;
        }

        @Override
        public boolean isReleasable() {
            return over;
        }

        T result() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(result);
        }
    }
}
