package io.webanalytics.system.crash;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import io.lettuce.core.AbstractRedisClient;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Tells {@link FaultyProcessor} when its drivers come to a fault point. */
@Configuration(proxyBeanMethods = false)
class FaultPointListeners {

    @Bean
    MongoClientSettingsBuilderCustomizer insertListener(Environment environment) {
        String uri = environment.getRequiredProperty("spring.mongodb.uri");
        return settings -> settings.addCommandListener(new StoreListener(uri));
    }

    /** Listeners count from the first connection on, so the client gets its own before anybody else gets the client. */
    @Bean
    static BeanPostProcessor settleListener() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof AbstractRedisClient client) {
                    client.addListener(new SettleListener());
                }
                return bean;
            }
        };
    }

    private static final class StoreListener implements CommandListener {

        private final String uri;
        private final Set<Integer> inserts = ConcurrentHashMap.newKeySet();
        private final Set<Integer> marks = ConcurrentHashMap.newKeySet();

        StoreListener(String uri) {
            this.uri = uri;
        }

        @Override
        public void commandStarted(CommandStartedEvent event) {
            if (isOn(event, "update", "rollups")) {
                marks.add(event.getRequestId());
            }
            if (isOn(event, "insert", "events")) {
                inserts.add(event.getRequestId());
                FaultyProcessor.reached(FaultPoint.CLAIMED);
                if (FaultyProcessor.isArmed(FaultPoint.HALF_INSERTED)) {
                    insertHalf(event);
                    FaultyProcessor.reached(FaultPoint.HALF_INSERTED);
                }
            }
        }

        @Override
        public void commandSucceeded(CommandSucceededEvent event) {
            if (inserts.remove(event.getRequestId())) {
                FaultyProcessor.reached(FaultPoint.INSERTED);
            }
            if (marks.remove(event.getRequestId())) {
                FaultyProcessor.reached(FaultPoint.MARKED);
            }
        }

        private static boolean isOn(CommandStartedEvent event, String command, String collection) {
            return event.getCommandName().equals(command)
                    && event.getCommand().getString(command).getValue().equals(collection);
        }

        private void insertHalf(CommandStartedEvent event) {
            BsonArray documents = event.getCommand().getArray("documents");
            BsonDocument half = new BsonDocument("insert", event.getCommand().get("insert"))
                    .append("ordered", event.getCommand().get("ordered"))
                    .append("documents", new BsonArray(List.copyOf(documents.subList(0, (documents.size() + 1) / 2))));
            try (MongoClient own = MongoClients.create(uri)) {
                own.getDatabase(event.getDatabaseName()).runCommand(half);
            }
        }
    }

    private static final class SettleListener implements io.lettuce.core.event.command.CommandListener {

        private final String settle = ScriptHash.of("settle");

        @Override
        public void commandSucceeded(io.lettuce.core.event.command.CommandSucceededEvent event) {
            if (FaultyProcessor.isArmed(FaultPoint.SETTLED)
                    && event.getCommand().getArgs() != null
                    && event.getCommand().getArgs().toCommandString().startsWith(settle)) {
                FaultyProcessor.reached(FaultPoint.SETTLED);
            }
        }
    }
}
