package io.webanalytics.ingestion.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.coyote.ProtocolHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.stereotype.Component;

/**
 * The threads that handle requests. They are few: the queue's answers are waited for by none of them, and so few threads are
 * never idle under load, which saves waking them. Those that a slow sender holds up, wherever that is, do not count: each
 * has another in its place until it is free.
 */
@Component
class RequestThreads implements TomcatProtocolHandlerCustomizer<ProtocolHandler>, MeterBinder, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(RequestThreads.class);

    private static final int FEW = Runtime.getRuntime().availableProcessors() + 1;

    /** As many threads as Tomcat has by default. */
    private static final int MOST_HELD_UP = 200;

    /** What a request that has its thread may take before it counts as held up; that often the threads are looked at. */
    private static final Duration HELD_UP = Duration.ofMillis(20);

    private final Set<RequestThread> threads = ConcurrentHashMap.newKeySet();
    private final Pool pool = new Pool();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(new Thread(task, "request-watch")));

    RequestThreads() {
        watch.scheduleWithFixedDelay(
                this::replaceHeldUp, HELD_UP.toMillis(), HELD_UP.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void customize(ProtocolHandler protocol) {
        protocol.setExecutor(pool);
    }

    @Override
    public void bindTo(MeterRegistry metrics) {
        gauge("working", this::working, metrics);
        gauge("held_up", this::heldUp, metrics);
        Gauge.builder("requests.waiting", pool.getQueue(), Collection::size)
                .description("Requests that wait for a thread")
                .register(metrics);
    }

    private static void gauge(String state, Supplier<Number> threads, MeterRegistry metrics) {
        Gauge.builder("request.threads", threads)
                .description("Threads that work on a request, and threads that a sender holds up")
                .tag("state", state)
                .register(metrics);
    }

    @Override
    public void destroy() {
        watch.shutdown();
        pool.shutdown();
    }

    private void replaceHeldUp() {
        try {
            pool.setCorePoolSize(FEW + Math.min(heldUp(), MOST_HELD_UP));
            if (!pool.getQueue().isEmpty()) {
                pool.prestartCoreThread(); // the size may have grown between two steps of what came last
            }
        } catch (RuntimeException | Error e) {
            // Out of memory or of threads; whatever it is, it must not be the last look.
            log.warn("No thread could be added for those that are held up", e);
        }
    }

    private int heldUp() {
        long now = System.nanoTime();
        return (int) threads.stream().filter(thread -> thread.isHeldUp(now)).count();
    }

    private int working() {
        long now = System.nanoTime();
        return (int) threads.stream()
                .filter(thread -> thread.isBusy() && !thread.isHeldUp(now))
                .count();
    }

    private static Thread daemon(Thread thread) {
        thread.setDaemon(true);
        thread.setContextClassLoader(RequestThreads.class.getClassLoader());
        return thread;
    }

    private final class Pool extends ThreadPoolExecutor {

        Pool() {
            super(
                    FEW,
                    FEW + MOST_HELD_UP,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    task -> daemon(new RequestThread(task)));
        }

        /** Where no thread can be made the task waits for one that is there: the error would end the thread that reads requests. */
        @Override
        public void execute(Runnable task) {
            try {
                super.execute(task);
            } catch (OutOfMemoryError e) {
                log.warn("No thread could be added for a request", e);
                if (!getQueue().contains(task)) {
                    getQueue().add(task);
                }
            }
        }

        @Override
        protected void beforeExecute(Thread thread, Runnable task) {
            ((RequestThread) thread).busySince = System.nanoTime();
        }

        @Override
        protected void afterExecute(Runnable task, Throwable failure) {
            ((RequestThread) Thread.currentThread()).busySince = RequestThread.IDLE;
        }
    }

    private final class RequestThread extends Thread {

        static final long IDLE = 0;

        private volatile long busySince = IDLE;

        RequestThread(Runnable task) {
            super(task);
            setName("request-" + getId());
        }

        @Override
        public void run() {
            threads.add(this);
            try {
                super.run();
            } finally {
                threads.remove(this);
            }
        }

        boolean isBusy() {
            return busySince != IDLE;
        }

        boolean isHeldUp(long now) {
            long since = busySince;
            return since != IDLE && now - since > HELD_UP.toNanos();
        }
    }
}
