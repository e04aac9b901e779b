-- Publishes a registry, unless one is there that is up to a minute newer. If it is newer by more, then MongoDB's clock was set
-- back, or another MongoDB is used: that registry is replaced.
-- KEYS: registry
-- ARGV: when the registry was read from MongoDB, in ms since 1970 by its clock; its version; its content
-- Returns 1 if it is published, 0 if a newer one is there.
local registry = KEYS[1]
local as_of, version, content = ARGV[1], ARGV[2], ARGV[3]
local CLOCK_SET_BACK = 60000

local newer_by = tonumber(redis.call('HGET', registry, 'as_of') or 0) - tonumber(as_of)
if newer_by > 0 and newer_by <= CLOCK_SET_BACK then
  return 0
end
redis.call('HSET', registry, 'as_of', as_of, 'version', version, 'content', content)
return 1
