package io.webanalytics.system.crash;

import io.webanalytics.embedded.EmbeddedRedis;
import io.webanalytics.testing.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** What can be done to a server: {@code kill -9} and a new start, SIGSTOP and SIGCONT. */
interface ServerControl {

    void kill();

    void start();

    void pause();

    void resume();

    static ServerControl of(EmbeddedRedis redis) {
        return new ServerControl() {
            @Override
            public void kill() {
                redis.kill();
            }

            @Override
            public void start() {
                redis.restart();
            }

            @Override
            public void pause() {
                Signals.pause(redis.process());
            }

            @Override
            public void resume() {
                Signals.resume(redis.process());
            }
        };
    }

    /**
     * Of a server somewhere else.
     *
     * @param program is run with {@code kill}, {@code start}, {@code pause} or {@code resume} as its only argument, and
     *     ends when that is done
     */
    static ServerControl of(String program) {
        return new ServerControl() {
            @Override
            public void kill() {
                run(program, "kill");
            }

            @Override
            public void start() {
                run(program, "start");
            }

            @Override
            public void pause() {
                run(program, "pause");
            }

            @Override
            public void resume() {
                run(program, "resume");
            }
        };
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
