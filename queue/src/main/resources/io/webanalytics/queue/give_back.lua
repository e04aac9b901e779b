-- Returns a worker's batch to the queue, in its old order. To the right end: released by the worker itself, which names
-- its claim number, or recovered from a worker whose lease has ended, which counts an attempt of each element. To the
-- left end: postponed by the worker itself, so that all others have their turn before.
-- KEYS: queue, bell, ledger, workers, attempts, displaced, the worker's in-flight list
-- ARGV: worker, claim number or '' to recover, 'left' or 'right'
-- Answers how many events went back, or -1 where the claim is lost or the lease has not ended.
local queue, bell, ledger, workers, attempts, displaced = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local inflight = KEYS[7]
local worker, number, to = ARGV[1], ARGV[2], ARGV[3]

redis.call('ZREM', workers, '') -- changes nothing; after it Redis refuses no write of this script at maxmemory
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
  if received_at and received_at < 2 ^ 53 then -- else it is not an event, and ZADD might refuse it
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
