package io.webanalytics.system.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Injects faults, in independent lanes: so faults overlap at random. The faults of each lane and their order follow from the
 * seed alone.
 */
final class Nemesis {

    private static final String MISSED = ", without an occasion";

    private final Random random;
    private final List<Lane> lanes = new ArrayList<>();
    private final Map<String, Integer> injected = new ConcurrentHashMap<>();

    private record Lane(List<Fault> faults, Random random) {}

    Nemesis(long seed) {
        random = new Random(seed);
    }

    /**
     * Lanes that deal a number of faults each out of shuffled decks of all their kinds. Lanes deal from different places of
     * the same decks, so that even after a few faults each they have dealt most kinds together.
     *
     * @param kinds the faults of each lane, of the same kinds in every lane
     */
    void addLanes(List<List<Fault>> kinds, int faults) {
        long deckSeed = random.nextLong();
        for (int i = 0; i < kinds.size(); i++) {
            addLane(kinds.get(i), faults, new Random(deckSeed), i * kinds.get(i).size() / kinds.size());
        }
    }

    void addLane(List<Fault> kinds, int faults) {
        addLanes(List.of(kinds), faults);
    }

    private void addLane(List<Fault> kinds, int faults, Random decks, int rotation) {
        List<Fault> dealt = new ArrayList<>();
        while (dealt.size() < faults) {
            List<Fault> deck = new ArrayList<>(kinds);
            Collections.shuffle(deck, decks);
            Collections.rotate(deck, rotation);
            dealt.addAll(deck);
        }
        lanes.add(new Lane(dealt.subList(0, faults), new Random(random.nextLong())));
    }

    /** Injects all faults. Returns when all are healed. */
    void run() {
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
        try {
            CompletableFuture.allOf(lanes.stream()
                            .map(lane -> CompletableFuture.runAsync(() -> run(lane), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            threads.shutdown();
        }
    }

    /** How often each fault happened, and how often it found no occasion. */
    Map<String, Integer> injected() {
        return new TreeMap<>(injected);
    }

    /** Counts the scheduled faults whose name contains a word. */
    int dealt(String word) {
        return count(word, true);
    }

    /** Counts the faults that happened, and whose name contains a word. */
    int happened(String word) {
        return count(word, false);
    }

    private int count(String word, boolean missedToo) {
        return injected.entrySet().stream()
                .filter(fault -> fault.getKey().contains(word)
                        && (missedToo || !fault.getKey().endsWith(MISSED)))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private void run(Lane lane) {
        for (Fault fault : lane.faults) {
            Fault.hold(lane.random, Duration.ofMillis(300));
            boolean happened = fault.action().injectAndHeal(lane.random);
            injected.merge(fault.name() + (happened ? "" : MISSED), 1, Integer::sum);
        }
    }
}
