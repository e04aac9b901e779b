package io.webanalytics.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What all of it ran on. */
final class Machine {

    private Machine() {}

    static String describe() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getAvailableProcessors() + " cores, shared by the services, the servers and the benchmark; "
                + (system.getTotalMemorySize() >> 30) + " GiB; " + system.getName() + " " + system.getArch();
    }
}
