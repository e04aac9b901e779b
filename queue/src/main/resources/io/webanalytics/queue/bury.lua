-- Moves one element of a batch to the dead letters, if the worker still has the claim.
-- KEYS: ledger, workers, attempts, displaced, the worker's in-flight list, dead
-- ARGV: worker, claim number, element, reason, error, when it was first seen in ms since 1970
-- Returns 1, or 0 where the claim is lost or does not hold that element.
-- An element: {"v":1,"_id":"019a798b-eec3-7...","received_at":1762975805123,"site_id":"site-abc-123",...}
local ledger, workers, attempts, displaced, inflight, dead = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local worker, number, element, reason, err, first_seen = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

redis.call('ZREM', workers, '') -- changes nothing; maxmemory is not checked after the first write of a script
if redis.call('HGET', ledger, 'claim:' .. worker) ~= number then
  return 0
end
local hash = redis.sha1hex(element)
local tries = redis.call('HGET', attempts, hash) or '0'
local was_displaced = redis.call('ZSCORE', displaced, hash)
local id = redis.call('XADD', dead, '*', 'element', element, 'reason', reason, 'error', err, 'attempts', tries,
  'first_seen', first_seen)
if redis.call('LREM', inflight, 1, element) == 0 then
  redis.call('XDEL', dead, id)
  return 0
end
redis.call('HDEL', attempts, hash)
if was_displaced then
  redis.call('ZREM', displaced, hash)
end
return 1
