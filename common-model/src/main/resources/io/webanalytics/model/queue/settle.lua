-- Lets go of a batch that MongoDB has acknowledged, if the claim is still the worker's.
-- KEYS: ledger, workers, attempts, the worker's in-flight list
-- ARGV: worker, claim number
-- Answers how many events were settled, or -1 where the claim is lost.
local ledger, workers, attempts, inflight = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local worker, number = ARGV[1], ARGV[2]

redis.call('ZREM', workers, '') -- changes nothing; after it Redis refuses no write of this script at maxmemory
if redis.call('HGET', ledger, 'claim:' .. worker) ~= number then
  return -1
end
local settled = redis.call('LLEN', inflight)
if redis.call('EXISTS', attempts) == 1 then
  for _, element in ipairs(redis.call('LRANGE', inflight, 0, -1)) do
    redis.call('HDEL', attempts, redis.sha1hex(element))
  end
end
redis.call('HINCRBY', ledger, 'settled', settled)
redis.call('HDEL', ledger, 'claim:' .. worker)
redis.call('ZREM', workers, worker)
redis.call('DEL', inflight)
return settled
