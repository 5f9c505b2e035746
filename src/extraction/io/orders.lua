-- Takes over orders that are later than those known, and forgets those that ended long ago.
--
-- KEYS[1]: what all keys begin with. ARGV: pairs of whom an order is about and the order: 20 digits of when it was
-- given, 20 of until when it is remembered (microseconds; zeros: for ever), and the order itself, for replicas to read.
-- Answer: the version of the orders; it goes up when anything was new.

local key, version = KEYS[1] .. 'orders', KEYS[1] .. 'orders:version'
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

local new = false
for i = 1, #ARGV, 2 do
  local known = redis.call('HGET', key, ARGV[i])
  if not known or string.sub(known, 1, 20) < string.sub(ARGV[i + 1], 1, 20) then
    redis.call('HSET', key, ARGV[i], ARGV[i + 1])
    new = true
  end
end

local all = redis.call('HGETALL', key)
for i = 1, #all, 2 do
  local remembered = tonumber(string.sub(all[i + 1], 22, 41))
  if remembered > 0 and remembered < now then
    redis.call('HDEL', key, all[i])
  end
end

if new then
  return redis.call('INCR', version)
end
return tonumber(redis.call('GET', version) or 0)
