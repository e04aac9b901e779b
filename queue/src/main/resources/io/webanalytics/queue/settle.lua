-- Lets go of a batch that MongoDB has acknowledged, if the claim is still the worker's.
-- KEYS: ledger, workers, attempts, displaced, the worker's in-flight list
-- ARGV: worker, claim number
-- Answers how many events were settled, or -1 where the claim is lost.
local ledger, workers, attempts, displaced, inflight = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local worker, number = ARGV[1], ARGV[2]

redis.call('ZREM', workers, '') -- changes nothing; after it Redis refuses no write of this script at maxmemory
if redis.call('HGET', ledger, 'claim:' .. worker) ~= number then
  return -1
end
local settled = redis.call('LLEN', inflight)
-- Lengths, which are 0 where the key is not there, and not EXISTS: a key of another type fails here, before the removals.
local marked = redis.call('HLEN', attempts) + redis.call('ZCARD', displaced)
redis.call('HINCRBY', ledger, 'settled', settled)
if marked > 0 then
  for _, element in ipairs(redis.call('LRANGE', inflight, 0, -1)) do
    local hash = redis.sha1hex(element)
    redis.call('HDEL', attempts, hash)
    redis.call('ZREM', displaced, hash)
  end
end
redis.call('HDEL', ledger, 'claim:' .. worker)
redis.call('ZREM', workers, worker)
redis.call('DEL', inflight)
return settled
