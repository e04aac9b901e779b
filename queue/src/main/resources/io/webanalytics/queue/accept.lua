-- Takes events in, all of them or none. It does not open with a write that Redis allows at maxmemory, so it is the first
-- to be refused.
-- KEYS: queue, bell, ledger
-- ARGV: most events that may be queued, the elements
-- Answers how many events are queued now, or -1 where they would be too many.
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
