-- Removes a batch that MongoDB has acknowledged, if the worker still has the claim.
-- KEYS: ledger, workers, attempts, displaced, the worker's in-flight list
-- ARGV: worker, claim number
-- Returns how many events were settled, or -1 where the claim is lost.
-- An element: {"v":1,"_id":"019a798b-eec3-7...","received_at":1762975805123,"site_id":"site-abc-123",...}
local ledger, workers, attempts, displaced, inflight = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local worker, number = ARGV[1], ARGV[2]

redis.call('ZREM', workers, '') -- changes nothing; maxmemory is not checked after the first write of a script
if redis.call('HGET', ledger, 'claim:' .. worker) ~= number then
  return -1
end
local settled = redis.call('LLEN', inflight)
-- Not EXISTS but lengths, which are 0 for a missing key: for a key of another type they fail here, before the removals.
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
