package io.webanalytics.queue;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.Base16;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * One step of the queue, such as a transition or the reading of the ledger: a Lua script that Redis runs atomically. It is
 * called by its hash. Only a Redis that does not know it, after a restart, is sent the source with its comments.
 *
 * @see <a href="https://redis.io/docs/latest/develop/programmability/eval-intro/">Scripting with Lua</a>
 */
enum Script {
    ACCEPT("accept", ScriptOutputType.INTEGER),
    CLAIM("claim", ScriptOutputType.MULTI),
    RENEW("renew", ScriptOutputType.INTEGER),
    SETTLE("settle", ScriptOutputType.INTEGER),
    GIVE_BACK("give_back", ScriptOutputType.INTEGER),
    BURY("bury", ScriptOutputType.INTEGER),
    REPLAY("replay", ScriptOutputType.INTEGER),
    DISCARD("discard", ScriptOutputType.INTEGER),
    LEDGER("ledger", ScriptOutputType.MULTI),
    PUBLISH_REGISTRY("publish_registry", ScriptOutputType.INTEGER);

    private final ScriptOutputType output;
    private final byte[] source;
    private final String hash;

    Script(String name, ScriptOutputType output) {
        this.output = output;
        this.source = read(name + ".lua");
        this.hash = Base16.digest(source); // SHA-1, in hexadecimal digits
    }

    <T> CompletionStage<T> run(RedisClusterAsyncCommands<byte[], byte[]> redis, byte[][] keys, byte[]... arguments) {
        CompletionStage<T> known = redis.evalsha(hash, output, keys, arguments);
        return known.exceptionallyCompose(failure -> {
            if (failure instanceof RedisNoScriptException) {
                return redis.eval(source, output, keys, arguments);
            }
            throw failure instanceof CompletionException e ? e : new CompletionException(failure);
        });
    }

    private static byte[] read(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
