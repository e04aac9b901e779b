package io.webanalytics.system.upgrade;

import io.lettuce.core.Range;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All keys of the queue as lines of JSON, each with its type and its raw content. */
final class QueueDump {

    private static final String KEYS = "events:{0}*";
    private static final JsonMapper JSON = new JsonMapper();

    private record Key(String key, String type, Object content) {}

    private record Letter(String id, Map<String, String> fields) {}

    private QueueDump() {}

    static void clear(RedisCommands<String, String> redis) {
        redis.keys(KEYS).forEach(redis::del);
    }

    static List<String> dump(RedisCommands<String, String> redis) {
        return redis.keys(KEYS).stream()
                .sorted()
                .map(key -> JSON.writeValueAsString(new Key(key, redis.type(key), content(redis, key))))
                .toList();
    }

    private static Object content(RedisCommands<String, String> redis, String key) {
        switch (redis.type(key)) {
            case "list" -> {
                return redis.lrange(key, 0, -1);
            }
            case "hash" -> {
                return new TreeMap<>(redis.hgetall(key));
            }
            case "zset" -> {
                Map<String, Double> scores = new TreeMap<>();
                redis.zrangeWithScores(key, 0, -1).forEach(one -> scores.put(one.getValue(), one.getScore()));
                return scores;
            }
            case "stream" -> {
                return redis.xrange(key, Range.unbounded()).stream()
                        .map(letter -> new Letter(letter.getId(), letter.getBody()))
                        .toList();
            }
            default -> throw new IllegalArgumentException(key + " has a type that no release wrote");
        }
    }

    static void load(RedisCommands<String, String> redis, List<String> dump) {
        clear(redis);
        dump.forEach(line -> load(redis, JSON.readTree(line)));
    }

    private static void load(RedisCommands<String, String> redis, JsonNode dumped) {
        String key = dumped.get("key").asString();
        JsonNode content = dumped.get("content");
        switch (dumped.get("type").asString()) {
            case "list" -> content.forEach(element -> redis.rpush(key, element.asString()));
            case "hash" -> redis.hset(key, texts(content));
            case "zset" ->
                content.properties()
                        .forEach(one -> redis.zadd(key, one.getValue().asDouble(), one.getKey()));
            case "stream" ->
                content.forEach(letter ->
                        redis.xadd(key, new XAddArgs().id(letter.get("id").asString()), texts(letter.get("fields"))));
            default -> throw new IllegalArgumentException(key + " has a type that no release wrote");
        }
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(one -> texts.put(one.getKey(), one.getValue().asString()));
        return texts;
    }
}
