-- Reads the ledger in one step, and changes nothing.
-- KEYS: queue, ledger, workers, dead, displaced, the in-flight list of each worker in ARGV
-- ARGV: the workers that the caller knows
-- Returns {now, accepted, settled, discarded, dead, in flight, queued, the oldest element or '', the oldest pending
-- receipt, {worker, end of its lease, claim number, events}...}, with times in ms since 1970. The oldest receipt is 0
-- where nothing is queued or in flight, and -1 where it is unknown. If the caller does not know a worker that holds a
-- batch, returns only the names of all workers that hold one: the caller repeats the call with these.
-- An element: {"v":1,"_id":"019a798b-eec3-7...","received_at":1762975805123,"site_id":"site-abc-123",...}
local queue, ledger, workers, dead, displaced = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]

local inflight = {}
for i, worker in ipairs(ARGV) do
  inflight[worker] = KEYS[5 + i]
end
local leases = redis.call('ZRANGE', workers, 0, -1, 'WITHSCORES')
local names, unknown = {}, false
for i = 1, #leases, 2 do
  names[#names + 1] = leases[i]
  unknown = unknown or not inflight[leases[i]]
end
if unknown then
  return names
end

-- The right end of a list bounds the receipts of its elements, except those that were moved back: displaced has these.
local oldest_receipt, readable = tonumber(redis.call('ZRANGE', displaced, 0, 0, 'WITHSCORES')[2]), true
local function read_right_end(list)
  local element = redis.call('LINDEX', list, -1)
  if element then
    local received_at = tonumber(string.match(element, '"received_at":(%d+)'))
    readable = readable and received_at and received_at < 2 ^ 53
    oldest_receipt = math.min(received_at or math.huge, oldest_receipt or math.huge)
  end
  return element or ''
end

local held = {}
local in_flight = 0
local oldest_element = read_right_end(queue)
for i = 1, #leases, 2 do
  local worker = leases[i]
  local events = redis.call('LLEN', inflight[worker])
  in_flight = in_flight + events
  read_right_end(inflight[worker])
  held[#held + 1] = {worker, tonumber(leases[i + 1]), redis.call('HGET', ledger, 'claim:' .. worker) or '0', events}
end
local function figure(name)
  return tonumber(redis.call('HGET', ledger, name) or 0)
end
local now = redis.call('TIME')
return {
  now[1] * 1000 + math.floor(now[2] / 1000),
  figure('accepted'),
  figure('settled'),
  figure('discarded'),
  redis.call('XLEN', dead),
  in_flight,
  redis.call('LLEN', queue),
  oldest_element,
  readable and (oldest_receipt or 0) or -1,
  unpack(held)
}
