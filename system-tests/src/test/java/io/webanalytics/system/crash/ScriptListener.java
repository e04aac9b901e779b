package io.webanalytics.system.crash;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.event.command.CommandListener;
import io.lettuce.core.event.command.CommandStartedEvent;
import io.lettuce.core.event.command.CommandSucceededEvent;
import io.lettuce.core.protocol.RedisCommand;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Notifies {@link FaultyService} that a script of the queue is about to be sent, or has succeeded. */
final class ScriptListener implements CommandListener {

    private final String hash;
    private final FaultPoint point;
    private final boolean before;

    private ScriptListener(String script, FaultPoint point, boolean before) {
        this.hash = ScriptHash.of(script);
        this.point = point;
        this.before = before;
    }

    static BeanPostProcessor before(String script, FaultPoint point) {
        return addToEveryClient(new ScriptListener(script, point, true));
    }

    static BeanPostProcessor after(String script, FaultPoint point) {
        return addToEveryClient(new ScriptListener(script, point, false));
    }

    /** Adds the listener before any bean uses the client: it must be there at the first connection. */
    private static BeanPostProcessor addToEveryClient(ScriptListener listener) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof AbstractRedisClient client) {
                    client.addListener(listener);
                }
                return bean;
            }
        };
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (before) {
            tell(event.getCommand());
        }
    }

    @Override
    public void commandSucceeded(CommandSucceededEvent event) {
        if (!before) {
            tell(event.getCommand());
        }
    }

    private void tell(RedisCommand<?, ?, ?> command) {
        if (FaultyService.isArmed(point)
                && command.getArgs() != null
                && command.getArgs().toCommandString().startsWith(hash)) {
            FaultyService.reached(point);
        }
    }
}
