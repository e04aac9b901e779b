package io.webanalytics.reporting.question;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Derives the rules of zones that the Java runtime does not know from zones that it knows. They are right from 2000 on. */
final class MissingZones extends ZoneRulesProvider {

    private static final Pattern FORM = Pattern.compile("(\\S+)(?: until (\\S+) then (\\S+))?");
    private static final Instant FIRST = Instant.parse("1999-01-01T00:00:00Z");

    private final Map<String, ZoneRules> rules = new TreeMap<>();

    /** @param names the names of all zones, each with the form of its rules if a runtime may lack it: see {@code time-zones.txt} */
    MissingZones(Map<String, String> names) {
        Set<String> known = ZoneRulesProvider.getAvailableZoneIds();
        names.forEach((name, form) -> {
            if (!form.isEmpty() && !known.contains(name)) {
                rules.put(name, read(form));
            }
        });
    }

    /** @param form the name of a zone, or of two with the instant from which the second one applies */
    static ZoneRules read(String form) {
        Matcher matcher = FORM.matcher(form);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(form);
        }
        ZoneRules first = ZoneRulesProvider.getRules(matcher.group(1), false);
        return matcher.group(2) == null
                ? first
                : join(first, Instant.parse(matcher.group(2)), ZoneRulesProvider.getRules(matcher.group(3), false));
    }

    private static ZoneRules join(ZoneRules before, Instant change, ZoneRules after) {
        List<ZoneOffsetTransition> transitions = new ArrayList<>(between(before, FIRST, change));
        ZoneOffset from = before.getOffset(change.minusSeconds(1));
        ZoneOffset to = after.getOffset(change);
        if (!from.equals(to)) {
            LocalDateTime local = LocalDateTime.ofInstant(change, from);
            transitions.add(ZoneOffsetTransition.of(local, from, to));
        }
        // The yearly rules apply from the year after the last transition.
        Instant nextYear = LocalDateTime.ofInstant(change, to)
                .withDayOfYear(1)
                .plusYears(2)
                .toInstant(ZoneOffset.UTC);
        transitions.addAll(between(after, change, nextYear));
        ZoneOffset first = before.getOffset(FIRST);
        return ZoneRules.of(first, first, List.of(), transitions, after.getTransitionRules());
    }

    private static List<ZoneOffsetTransition> between(ZoneRules rules, Instant from, Instant to) {
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        for (ZoneOffsetTransition next = rules.nextTransition(from);
                next != null && next.getInstant().isBefore(to);
                next = rules.nextTransition(next.getInstant())) {
            transitions.add(next);
        }
        return transitions;
    }

    @Override
    protected Set<String> provideZoneIds() {
        return rules.keySet();
    }

    @Override
    protected ZoneRules provideRules(String name, boolean forCaching) {
        return rules.get(name);
    }

    @Override
    protected NavigableMap<String, ZoneRules> provideVersions(String name) {
        return new TreeMap<>(Map.of("", rules.get(name)));
    }
}
