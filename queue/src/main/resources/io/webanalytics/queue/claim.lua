-- Claims a batch for a worker, with a new lease: the one that it holds already, or else the oldest events of the queue
-- under a new claim number.
-- KEYS: queue, bell, ledger, workers, attempts, the worker's in-flight list
-- ARGV: worker, lease in ms, most events (at most 7000), most bytes
-- Returns {claim number, {attempts of each element} or {} for none, element...}, or {} where there is nothing to claim.
-- An element: {"v":1,"_id":"019a798b-eec3-7...","received_at":1762975805123,"site_id":"site-abc-123",...}
local queue, bell, ledger, workers, attempts, inflight = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local worker, lease, most_events, most_bytes = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local ALONE_FROM = 2 -- an element that so many workers died with is claimed alone

redis.call('ZREM', workers, '') -- changes nothing; maxmemory is not checked after the first write of a script

local retried = redis.call('EXISTS', attempts) == 1
local function attempts_of(element)
  return retried and tonumber(redis.call('HGET', attempts, redis.sha1hex(element)) or 0) or 0
end

local number = redis.call('HGET', ledger, 'claim:' .. worker)
local batch = redis.call('LRANGE', inflight, 0, -1)
local tries = {}

if #batch == 0 then
  -- Reads slices from the right end, so that it does not read many large elements only to leave them.
  local oldest_first, bytes, full = {}, 0, false
  while not full and #oldest_first < most_events do
    local taken = #oldest_first
    local slice = redis.call('LRANGE', queue, -math.min(taken + 100, most_events), -1 - taken)
    if #slice == 0 then
      break
    end
    for i = #slice, 1, -1 do
      local tried = attempts_of(slice[i])
      full = #oldest_first > 0 and (bytes + #slice[i] > most_bytes or tried >= ALONE_FROM)
      if full then
        break
      end
      oldest_first[#oldest_first + 1] = slice[i]
      bytes = bytes + #slice[i]
      full = tried >= ALONE_FROM
      if full then
        break
      end
    end
  end
  if #oldest_first == 0 then
    return {}
  end
  for i = #oldest_first, 1, -1 do
    batch[#batch + 1] = oldest_first[i]
  end
  number = redis.call('HINCRBY', ledger, 'claims', 1)
  redis.call('HSET', ledger, 'claim:' .. worker, number)
end

local now = redis.call('TIME')
redis.call('ZADD', workers, now[1] * 1000 + math.floor(now[2] / 1000) + lease, worker)
if redis.call('EXISTS', inflight) == 0 then
  if redis.call('LLEN', queue) > #batch and redis.call('LLEN', bell) == 0 then
    redis.call('LPUSH', bell, 1)
  end
  redis.call('RPUSH', inflight, unpack(batch))
  redis.call('LTRIM', queue, 0, -1 - #batch) -- the removal comes last: nothing after it can fail
end

if retried then
  for i = 1, #batch do
    tries[i] = attempts_of(batch[i])
  end
end
return {tonumber(number), tries, unpack(batch)}
