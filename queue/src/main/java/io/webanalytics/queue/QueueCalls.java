package io.webanalytics.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Calls Redis. Every call ends within the link's timeout. Every failure is a {@link QueueException}. */
final class QueueCalls {

    private final RedisLink link;

    QueueCalls(RedisLink link) {
        this.link = link;
    }

    <T> CompletionStage<T> run(Script script, List<byte[]> keys, List<byte[]> arguments) {
        byte[][] declared = keys.toArray(byte[][]::new);
        byte[][] given = arguments.toArray(byte[][]::new);
        return call(redis -> script.run(redis, declared, given));
    }

    /** Runs a script and waits for its result. */
    <T> T await(Script script, List<byte[]> keys, byte[]... arguments) {
        return await(run(script, keys, List.of(arguments)));
    }

    /** Sends a command and waits for its reply. */
    <T> T await(Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        return await(call(command));
    }

    /** Queries the server that has a key about itself. */
    <T> CompletionStage<T> ask(
            byte[] key, Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> question) {
        return call(redis -> link.server(key).thenCompose(question));
    }

    /** One deadline covers the whole call, even of two round trips: a script that Redis does not know is sent twice. */
    <T> CompletionStage<T> call(Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        try {
            return command.apply(link.commands())
                    .toCompletableFuture()
                    .copy()
                    .orTimeout(link.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .handle(this::answer)
                    .thenCompose(reply -> reply);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(QueueException.of(e));
        }
    }

    private <T> CompletionStage<T> answer(T reply, Throwable failure) {
        if (failure == null) {
            link.heard();
            return CompletableFuture.completedStage(reply);
        }
        return CompletableFuture.failedStage(link.failed(failure));
    }

    static <T> T await(CompletionStage<T> reply) {
        try {
            return reply.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw QueueException.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw QueueException.of(e);
        }
    }

    static byte[] bytes(Object value) {
        return value.toString().getBytes(UTF_8);
    }

    static String text(Object reply) {
        return new String((byte[]) reply, UTF_8);
    }
}
