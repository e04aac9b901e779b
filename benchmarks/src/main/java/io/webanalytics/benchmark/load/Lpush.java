package io.webanalytics.benchmark.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** {@code LPUSH} of an event, several in a pipeline, as {@code redis-benchmark} does. */
public final class Lpush implements Protocol {

    public static final String LIST = "bare";

    private final int pipeline;

    public Lpush(int pipeline) {
        this.pipeline = pipeline;
    }

    int pipeline() {
        return pipeline;
    }

    @Override
    public ByteBuffer request(long number) {
        ByteArrayOutputStream commands = new ByteArrayOutputStream();
        for (int i = 0; i < pipeline; i++) {
            byte[] event = Payloads.event(number * pipeline + i);
            commands.writeBytes(
                    ("*3\r\n$5\r\nLPUSH\r\n$" + LIST.length() + "\r\n" + LIST + "\r\n$" + event.length + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            commands.writeBytes(event);
            commands.write('\r');
            commands.write('\n');
        }
        return ByteBuffer.wrap(commands.toByteArray());
    }

    @Override
    public boolean isComplete(ByteBuffer answer) {
        int lines = 0;
        for (int i = 0; i < answer.position(); i++) {
            lines += answer.get(i) == '\n' ? 1 : 0;
        }
        return lines == pipeline;
    }

    @Override
    public int acknowledged(ByteBuffer answer) {
        for (int i = 0; i < answer.position(); i++) {
            if ((i == 0 || answer.get(i - 1) == '\n') && answer.get(i) != ':') {
                throw new IllegalStateException("LPUSH is refused");
            }
        }
        return pipeline;
    }
}
