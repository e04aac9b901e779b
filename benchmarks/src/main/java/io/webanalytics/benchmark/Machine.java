package io.webanalytics.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Describes the machine that the benchmarks ran on. */
final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    static String describe() throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getAvailableProcessors() + " cores" + model()
                + ", shared by the services, the servers and the benchmark; "
                + (system.getTotalMemorySize() >> 30) + " GiB; " + system.getName() + " " + system.getArch()
                + ", kernel "
                + system.getVersion();
    }

    private static String model() throws IOException {
        if (!Files.exists(PROCESSORS)) {
            return "";
        }
        return Files.readString(PROCESSORS)
                .lines()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
                .orElse("");
    }
}
