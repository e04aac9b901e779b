package io.webanalytics.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * Records what is logged while it is open, at the levels of production. The lines of every library are recorded too, so
 * that a flood shows its source. Open it after the services have started, since a start resets the logging.
 */
public final class LogLines implements AutoCloseable {

    /** The MongoDB-compatible server in this JVM. In production it is another process with a log of its own. */
    private static final String EMBEDDED_SERVER = "de.bwaldvogel.";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level quiet = root.getLevel();
    private final List<Appender<ILoggingEvent>> silenced = new ArrayList<>();
    private final Recorder recorder = new Recorder();

    public LogLines() {
        root.iteratorForAppenders().forEachRemaining(silenced::add);
        silenced.forEach(root::detachAppender);
        recorder.setContext(root.getLoggerContext());
        recorder.start();
        root.addAppender(recorder);
        root.setLevel(Level.INFO);
    }

    /** Returns warnings and errors, in order. */
    public List<String> warnings() {
        return recorder.events.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Returns the lines of level INFO that contain a text, in order. */
    public List<String> information(String text) {
        return recorder.events.stream()
                .filter(event -> event.getLevel() == Level.INFO)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.contains(text))
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(recorder);
        root.setLevel(quiet);
        silenced.forEach(root::addAppender);
    }

    private static final class Recorder extends AppenderBase<ILoggingEvent> {

        private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (!event.getLoggerName().startsWith(EMBEDDED_SERVER)) {
                events.add(event);
            }
        }
    }
}
