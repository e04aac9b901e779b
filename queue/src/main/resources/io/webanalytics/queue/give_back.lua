-- Moves a worker's batch back to the queue, in its old order.
-- Release: the worker names its claim number; to the right end, where the batch is claimed next.
-- Postpone: the worker names its claim number; to the left end, where the batch is claimed after all other events.
-- Recover: the worker's lease has ended; to the right end, and an attempt of each element is counted.
-- KEYS: queue, bell, ledger, workers, attempts, displaced, the worker's in-flight list
-- ARGV: worker, claim number or '' to recover, 'left' or 'right'
-- Returns how many events went back, or -1 where the claim is lost or the lease has not ended.
-- An element: {"v":1,"_id":"019a798b-eec3-7...","received_at":1762975805123,"site_id":"site-abc-123",...}
local queue, bell, ledger, workers, attempts, displaced = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local inflight = KEYS[7]
local worker, number, to = ARGV[1], ARGV[2], ARGV[3]

redis.call('ZREM', workers, '') -- changes nothing; maxmemory is not checked after the first write of a script
local recover = number == ''
if recover then
  local now = redis.call('TIME')
  local ends = redis.call('ZSCORE', workers, worker)
  if not ends or tonumber(ends) > now[1] * 1000 + math.floor(now[2] / 1000) then
    return -1
  end
elseif redis.call('HGET', ledger, 'claim:' .. worker) ~= number then
  return -1
end

local batch = redis.call('LRANGE', inflight, 0, -1)
for _, element in ipairs(batch) do
  local received_at = tonumber(string.match(element, '"received_at":(%d+)'))
  if received_at and received_at < 2 ^ 53 then -- otherwise it is not an event, and ZADD might fail
    redis.call('ZADD', displaced, received_at, redis.sha1hex(element))
  end
end
if recover then
  for _, element in ipairs(batch) do
    redis.call('HINCRBY', attempts, redis.sha1hex(element), 1)
  end
end
if #batch > 0 then
  if to == 'left' then
    local reversed = {}
    for i = #batch, 1, -1 do
      reversed[#reversed + 1] = batch[i]
    end
    redis.call('LPUSH', queue, unpack(reversed))
  else
    redis.call('RPUSH', queue, unpack(batch))
  end
  if redis.call('LLEN', bell) == 0 then
    redis.call('LPUSH', bell, 1)
  end
end
redis.call('HDEL', ledger, 'claim:' .. worker)
redis.call('ZREM', workers, worker)
redis.call('DEL', inflight)
return #batch
