package io.webanalytics.system.crash;

import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.testing.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/**
 * The operations on a server.
 *
 * @param kill as {@code kill -9} does
 * @param start after a kill
 * @param pause as SIGSTOP does
 * @param resume as SIGCONT does
 */
record ServerControl(Runnable kill, Runnable start, Runnable pause, Runnable resume) {

    static ServerControl of(EmbeddedRedis redis) {
        return new ServerControl(
                redis::kill,
                redis::restart,
                () -> Signals.pause(redis.process()),
                () -> Signals.resume(redis.process()));
    }

    /**
     * Controls a server that is started elsewhere.
     *
     * @param program is run with {@code kill}, {@code start}, {@code pause} or {@code resume} as its only argument, and
     *     ends when the operation is complete
     */
    static ServerControl of(String program) {
        return new ServerControl(
                () -> run(program, "kill"),
                () -> run(program, "start"),
                () -> run(program, "pause"),
                () -> run(program, "resume"));
    }

    /** Returns a control that also runs a task at every start, before clients may use the server. */
    ServerControl afterStart(Runnable task) {
        Runnable both = () -> {
            start.run();
            task.run();
        };
        return new ServerControl(kill, both, pause, resume);
    }

    private static void run(String program, String order) {
        try {
            Process process = new ProcessBuilder(program, order)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(program + " " + order + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
