-- Deletes dead letters.
-- KEYS: ledger, workers, dead
-- ARGV: the letters' ids
-- Answers how many of them there were.
local ledger, workers, dead = KEYS[1], KEYS[2], KEYS[3]

redis.call('ZREM', workers, '') -- changes nothing; after it Redis refuses no write of this script at maxmemory
local discarded = 0
for _, id in ipairs(ARGV) do
  if redis.call('XRANGE', dead, id, id)[1] then
    redis.call('HINCRBY', ledger, 'discarded', 1)
    redis.call('XDEL', dead, id)
    discarded = discarded + 1
  end
end
return discarded
