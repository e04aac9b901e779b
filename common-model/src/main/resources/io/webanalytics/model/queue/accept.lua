-- Takes events in. It does not open with a write that Redis allows at maxmemory, so it is the first to be refused.
-- KEYS: queue, bell, ledger
-- ARGV: the elements
-- Answers how many events are queued now.
local queue, bell, ledger = KEYS[1], KEYS[2], KEYS[3]

local length
for from = 1, #ARGV, 7000 do
  length = redis.call('LPUSH', queue, unpack(ARGV, from, math.min(from + 6999, #ARGV)))
end
redis.call('HINCRBY', ledger, 'accepted', #ARGV)
if length == #ARGV and redis.call('LLEN', bell) == 0 then
  redis.call('LPUSH', bell, 1)
end
return length
