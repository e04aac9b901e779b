package io.webanalytics.service.access;

import io.webanalytics.sites.Registry;
import io.webanalytics.sites.RegistryFormat;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a service has the registry from. Methods end within a few seconds, and throw a {@link RuntimeException} on failure. */
public interface RegistrySource {

    /**
     * Returns the registry as it is now; null if there is none yet.
     *
     * @throws RegistryFormat.UnreadableException if there is one that this release cannot read
     */
    @Nullable
    Registry read() throws RegistryFormat.UnreadableException;

    /** Notes the days on which keys were used, by their prefixes. */
    void used(Map<String, LocalDate> days);
}
