-- Adds events to the queue, all of them or none. At maxmemory Redis refuses its first write, and so
-- the whole script, while the scripts that drain the queue still run.
-- KEYS: queue, bell, ledger
-- ARGV: the most events that may be queued afterwards, the elements
-- Returns how many events are queued now, or -1 where that would be too many.
-- An element: {"v":1,"_id":"019a798b-eec3-7...","received_at":1762975805123,"site_id":"site-abc-123",...}
local queue, bell, ledger = KEYS[1], KEYS[2], KEYS[3]
local most, events = tonumber(ARGV[1]), #ARGV - 1

local length = redis.call('LLEN', queue)
if length + events > most then
  return -1
end
local was_empty = length == 0
for from = 2, #ARGV, 7000 do
  length = redis.call('LPUSH', queue, unpack(ARGV, from, math.min(from + 6999, #ARGV)))
end
redis.call('HINCRBY', ledger, 'accepted', events)
if was_empty and redis.call('LLEN', bell) == 0 then
  redis.call('LPUSH', bell, 1)
end
return length
