-- Publishes a registry, unless one is there that is up to a minute newer. If it is newer by more, then MongoDB's clock was set
-- back, or another MongoDB is used: that registry is replaced.
-- KEYS: registry
-- ARGV: when the registry was read from MongoDB, in ms since 1970 by its clock; its version; its content, or nothing to say only
-- that the one of this version is still right
-- Returns 1 if that is noted, 0 if a newer one is there, or one of another version while no content is given.
local registry = KEYS[1]
local as_of, version, content = ARGV[1], ARGV[2], ARGV[3]
local CLOCK_SET_BACK = 60000

local newer_by = tonumber(redis.call('HGET', registry, 'as_of') or 0) - tonumber(as_of)
if newer_by > 0 and newer_by <= CLOCK_SET_BACK then
  return 0
end
if content then
  redis.call('HSET', registry, 'as_of', as_of, 'version', version, 'content', content)
  return 1
end
if redis.call('HGET', registry, 'version') ~= version then
  return 0
end
redis.call('HSET', registry, 'as_of', as_of)
return 1
