package io.webanalytics.system.crash;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
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

/** Reports when the processor's drivers reach a fault point. */
@Configuration(proxyBeanMethods = false)
class ProcessorFaultPoints {

    @Bean
    MongoClientSettingsBuilderCustomizer insertListener(Environment environment) {
        String uri = environment.getRequiredProperty("spring.mongodb.uri");
        return settings -> settings.addCommandListener(new StoreListener(uri));
    }

    @Bean
    static BeanPostProcessor settleListener() {
        return ScriptListener.after("settle", FaultPoint.SETTLED);
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
                FaultyService.reached(FaultPoint.CLAIMED);
                if (FaultyService.isArmed(FaultPoint.HALF_INSERTED)) {
                    insertHalf(event);
                    FaultyService.reached(FaultPoint.HALF_INSERTED);
                }
            }
        }

        @Override
        public void commandSucceeded(CommandSucceededEvent event) {
            if (inserts.remove(event.getRequestId())) {
                FaultyService.reached(FaultPoint.INSERTED);
            }
            if (marks.remove(event.getRequestId())) {
                FaultyService.reached(FaultPoint.MARKED);
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
}
