package io.webanalytics.reporting.manage;

import io.webanalytics.model.EventRules;
import io.webanalytics.model.Hosts;
import io.webanalytics.reporting.question.ValueType;
import io.webanalytics.sites.Grants;
import io.webanalytics.sites.KeyScope;
import io.webanalytics.sites.Registry;
import io.webanalytics.sites.RegistryFormat;
import io.webanalytics.sites.Role;
import io.webanalytics.store.sites.SiteStore;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rules of the fields by which sites, keys and accounts are made. Each reader returns null if a value breaks its rule. */
final class Rules {

    static final String SITE_ID = EventRules.KEY_ALPHABET + ", and not . or ..";

    static final int MOST_NAME = 100;
    static final String NAME = "must be 1 to " + MOST_NAME + " printable characters";

    static final String ACCOUNT_NAME =
            "must be 1 to 100 characters of a-z 0-9 . _ @ + -, of which the first is a letter or a digit";
    private static final Pattern ACCOUNT_NAME_FORM = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,99}");

    static final ValueType<ZoneId> TIMEZONE = ValueType.zone();

    static final int MOST_HOSTNAMES = 20;
    static final String HOSTNAMES = "must be a list of at most " + MOST_HOSTNAMES
            + " host names, each of at most 253 characters, such as www.example.com";

    static final int MOST_DAYS = 36_500;
    static final String RETENTION_DAYS = "must be null, for ever, or a whole number from 1 to " + MOST_DAYS;

    static final String TRUTH = "must be true or false";

    static final int MOST_SITES_OF_A_KEY = 100;
    static final String SITES =
            "must be a list of 1 to " + MOST_SITES_OF_A_KEY + " ids of sites, or [\"*\"] for all sites";

    static final String EXPIRES_AT =
            "must be an ISO-8601 instant in the future, before the year 10000, such as 2030-01-01T00:00:00Z";
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    static final ValueType<KeyScope> SCOPE = ValueType.oneOf(KeyScope.values(), KeyScope::word);

    private static final ValueType<Role> ROLE = ValueType.oneOf(Role.values(), Role::word);
    static final int MOST_ROLES = 1_000;
    static final String ROLES = "must be an object of 1 to " + MOST_ROLES
            + " ids of sites, or * for all sites, with the role of each: owner or viewer";

    private Rules() {}

    /** Paths cannot name . and .. */
    static boolean isSiteId(String value) {
        return EventRules.checkKey(value) == null && !value.equals(".") && !value.equals("..");
    }

    /** Names are plain, so that no two of them look the same, and all of them can stand in a path. */
    static boolean isAccountName(String value) {
        return ACCOUNT_NAME_FORM.matcher(value).matches();
    }

    static boolean isName(String value) {
        return !value.isBlank()
                && value.codePointCount(0, value.length()) <= MOST_NAME
                && !EventRules.isUnprintable(value);
    }

    static boolean isTimeZone(String value) {
        return TIMEZONE.reader().apply(value).isPresent();
    }

    static @Nullable List<String> hostnames(JsonNode node) {
        return list(node, MOST_HOSTNAMES, text -> {
            String host = text.length() <= 253 ? Hosts.canonical(text) : null;
            return host == null || host.isEmpty() || host.length() > 253 ? null : host;
        });
    }

    static @Nullable List<String> sites(JsonNode node) {
        List<String> sites = list(
                node,
                MOST_SITES_OF_A_KEY,
                text -> text.equals(Grants.ALL_SITES) || EventRules.checkKey(text) == null ? text : null);
        boolean wrong = sites == null || sites.isEmpty() || sites.contains(Grants.ALL_SITES) && sites.size() > 1;
        return wrong ? null : sites;
    }

    static @Nullable Map<String, Role> roles(JsonNode node) {
        if (!node.isObject() || node.isEmpty() || node.size() > MOST_ROLES) {
            return null;
        }
        Map<String, Role> roles = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String site = entry.getKey();
            Role role = value(entry.getValue(), ROLE);
            if (role == null || !site.equals(Grants.ALL_SITES) && EventRules.checkKey(site) != null) {
                return null;
            }
            roles.put(site, role);
        }
        return roles;
    }

    /** Rejects a field that names sites which were not made. */
    static void requireSites(SiteStore sites, Collection<String> siteIds, Fields<?> fields, String field) {
        missing(sites, siteIds)
                .forEach(id -> fields.reject(field, "must name sites that were made: " + id + " was not"));
    }

    /** Returns those of the sites of a key or an account that were not made. */
    static List<String> missing(SiteStore sites, Collection<String> siteIds) {
        return sites.missing(
                siteIds.stream().filter(id -> !id.equals(Grants.ALL_SITES)).toList());
    }

    /** Refuses to add to the sites and keys if they take all of their room: every service holds them in memory. */
    static void requireRoom(Registry registry) {
        if (RegistryFormat.encode(registry).length > Registry.MOST_BYTES) {
            throw new ConflictException(
                    "The sites and keys take as much room as they may. Remove sites or revoke keys.");
        }
    }

    private interface Reading {
        @Nullable
        String of(String text);
    }

    private static @Nullable List<String> list(JsonNode node, int most, Reading reading) {
        if (!node.isArray() || node.size() > most) {
            return null;
        }
        List<String> values = new ArrayList<>();
        for (JsonNode element : node) {
            String value = element.isString() ? reading.of(element.stringValue()) : null;
            if (value == null) {
                return null;
            }
            if (!values.contains(value)) {
                values.add(value);
            }
        }
        return values;
    }

    static @Nullable Integer days(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 1 && node.intValue() <= MOST_DAYS
                ? node.intValue()
                : null;
    }

    static @Nullable Boolean truth(JsonNode node) {
        return node.isBoolean() ? node.booleanValue() : null;
    }

    static @Nullable Instant future(JsonNode node, Instant now) {
        try {
            Instant instant = node.isString()
                    ? OffsetDateTime.parse(node.stringValue()).toInstant().truncatedTo(ChronoUnit.MILLIS)
                    : null;
            return instant != null && instant.isAfter(now) && instant.isBefore(YEAR_10000) ? instant : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    static <V> @Nullable V value(JsonNode node, ValueType<V> type) {
        return node.isString() ? type.reader().apply(node.stringValue()).orElse(null) : null;
    }
}
