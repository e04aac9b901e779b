-- Reads the ledger in one step, and changes nothing.
-- KEYS: queue, ledger, workers, dead, the in-flight list of each worker in ARGV
-- ARGV: the workers that the caller knows of
-- Answers {now in ms, accepted, settled, discarded, dead, in flight, queued, the oldest element or '',
-- {worker, end of its lease in ms, claim number, events}...}, or, where a worker holds a batch that the caller does not
-- know of, only the names of those that do: it asks again.
local queue, ledger, workers, dead = KEYS[1], KEYS[2], KEYS[3], KEYS[4]

local inflight = {}
for i, worker in ipairs(ARGV) do
  inflight[worker] = KEYS[4 + i]
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

local held = {}
local in_flight = 0
for i = 1, #leases, 2 do
  local worker = leases[i]
  local events = redis.call('LLEN', inflight[worker])
  in_flight = in_flight + events
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
  redis.call('LINDEX', queue, -1) or '',
  unpack(held)
}
