-- Moves dead letters to the right end of the queue, where they are claimed next.
-- KEYS: queue, bell, workers, dead, displaced
-- ARGV: the ids of the letters, such as 1762975805123-0
-- Returns how many were moved: ids without a letter are skipped.
-- An element: {"v":1,"_id":"019a798b-eec3-7...","received_at":1762975805123,"site_id":"site-abc-123",...}
local queue, bell, workers, dead, displaced = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]

redis.call('ZREM', workers, '') -- changes nothing; maxmemory is not checked after the first write of a script
local replayed = 0
for _, id in ipairs(ARGV) do
  local letter = redis.call('XRANGE', dead, id, id)[1]
  if letter then
    for i = 1, #letter[2], 2 do
      if letter[2][i] == 'element' then
        local element = letter[2][i + 1]
        local received_at = tonumber(string.match(element, '"received_at":(%d+)'))
        if received_at and received_at < 2 ^ 53 then -- otherwise it is not an event, and ZADD might fail
          redis.call('ZADD', displaced, received_at, redis.sha1hex(element))
        end
        redis.call('RPUSH', queue, element)
        redis.call('XDEL', dead, id)
        replayed = replayed + 1
      end
    end
  end
end
if replayed > 0 and redis.call('LLEN', bell) == 0 then
  redis.call('LPUSH', bell, 1)
end
return replayed
