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
 * The threads that handle requests. They are few: none of them waits for the queue, and few threads are never idle
 * under load, which saves waking them. A thread that a slow sender holds up, at whatever step, does not count: another
 * takes its place until it is free.
 */
@Component
class RequestThreads implements TomcatProtocolHandlerCustomizer<ProtocolHandler>, MeterBinder, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(RequestThreads.class);

    private static final int FEW = Runtime.getRuntime().availableProcessors() + 1;

    /** The most held-up threads that are replaced: as many as Tomcat has by default. */
    private static final int MOST_HELD_UP = 200;

    /** How long a thread may work on a request before it counts as held up; also the interval of the checks. */
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
                pool.prestartCoreThread(); // a task may have been queued before the size grew
            }
        } catch (RuntimeException | Error e) {
            // Out of memory or threads, for example. An exception would end the checks.
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

        /** Queues the task for a present thread if none can be created: the error would end the thread that reads requests. */
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
