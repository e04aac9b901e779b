package io.webanalytics.rollup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.Map;

/** Parts that were read recently. A part never changes, so a cached one is valid as long as a head names it. */
public final class PartCache {

    private final Cache<String, byte[]> parts;

    /** @param mostBytes the most bytes that it may hold; 0 keeps nothing */
    public PartCache(long mostBytes) {
        parts = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((String id, byte[] data) -> id.length() + data.length)
                .executor(Runnable::run) // evicts in the calling thread, so the bound holds at once
                .build();
    }

    Map<String, byte[]> find(Collection<String> ids) {
        return parts.getAllPresent(ids);
    }

    void add(String id, byte[] data) {
        parts.put(id, data);
    }
}
