-- Adds to meters and gives their totals: one round trip for one ask. Also brings a store up to date that was away.
--
-- KEYS[1]: what all keys begin with.
-- ARGV: the epoch, the replica, the number N of lists of persons, N lists (8 bytes a person), then for each meter
--   key, microseconds of a slice, and what this replica has
--   added to it ever (numbers), counted of that within the window (own), added to it ever (persons, duplicates too),
--   persons that it cannot name any more (estimate), and the list of persons to add (1 .. N; 0: none).
-- Answer: the version of the orders, then each meter's total; nothing where the epoch is another one.
--
-- A replica says what it has added *ever*, and the store what it knows of: the difference is added, once, whatever was
-- lost, sent twice or came out of order. Slices are cut by the store's own clock, so replicas with different clocks
-- count into the same ones.

local SLICES = 24
local prefix, epoch, replica = KEYS[1], ARGV[1], ARGV[2]

if redis.call('GET', prefix .. 'epoch') ~= epoch then
  return {}
end

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

local function digits(number)
  return string.format('%.0f', number)
end

-- The window, this slice, and one for clocks that do not agree.
local function keep(key, length)
  redis.call('PEXPIRE', key, digits(math.ceil(length * (SLICES + 2) / 1000) + 1000))
end

-- A meter is a hash: `at`, the newest slice; `total`, of the window that ends with it; `n:SLICE`, what was added in it;
-- `r:REPLICA`, what the store knows of a replica, and when it heard that. Persons are a HyperLogLog for each slice
-- beside it, and one of the whole window (`:all`).
local function read(key)
  local meter, flat = {}, redis.call('HGETALL', key)
  for i = 1, #flat, 2 do
    meter[flat[i]] = flat[i + 1]
  end
  return meter
end

-- Throws out what has left the window that ends with `slice`.
local function forward(key, meter, slice, length)
  local total, people = 0, { key .. ':all' }
  for field, value in pairs(meter) do
    local kind, name = string.sub(field, 1, 2), string.sub(field, 3)
    if kind == 'n:' then
      if tonumber(name) < slice - SLICES then
        redis.call('HDEL', key, field)
      else
        total = total + tonumber(value)
      end
    elseif kind == 'r:' and tonumber(string.match(value, '%S+$')) < slice - SLICES - 1 then
      redis.call('HDEL', key, field)
      meter[field] = nil
    end
  end
  for age = 0, SLICES do
    people[#people + 1] = key .. ':' .. digits(slice - age)
  end
  redis.call('DEL', key .. ':all')
  if redis.call('EXISTS', unpack(people, 2)) > 0 then
    redis.call('PFMERGE', unpack(people))
    keep(people[1], length)
  end
  return total
end

-- The clock was set back by more than a window: what was counted is taken as counted now.
local function back(key, meter, slice, length)
  for field in pairs(meter) do
    local kind = string.sub(field, 1, 2)
    if kind == 'n:' or kind == 'r:' then
      redis.call('HDEL', key, field)
    end
    if kind == 'r:' then
      local numbers, people = string.match(meter[field], '(%S+) (%S+)')
      meter[field] = numbers .. ' ' .. people .. ' ' .. digits(slice)
      redis.call('HSET', key, field, meter[field])
    end
  end
  local total = tonumber(meter.total)
  redis.call('HSET', key, 'n:' .. digits(slice), digits(total))
  if redis.call('EXISTS', key .. ':all') == 1 then
    redis.call('PFMERGE', key .. ':' .. digits(slice), key .. ':all')
    keep(key .. ':' .. digits(slice), length)
  end
  return total
end

-- The slice to count into and the total so far. Set back by less than a window, the clock stands still for a while.
local function window(key, meter, length)
  local slice, at = math.floor(now / length), tonumber(meter.at)
  if at == nil then
    return slice, 0
  end
  if at >= slice and at - slice <= SLICES then
    return at, tonumber(meter.total)
  end
  local total = (slice > at and forward or back)(key, meter, slice, length)
  redis.call('HSET', key, 'at', digits(slice), 'total', digits(total))
  return slice, total
end

local function add_persons(key, list)
  for first = 1, #list, 8000 do
    local some = {}
    for i = first, math.min(first + 7992, #list), 8 do
      some[#some + 1] = string.sub(list, i, i + 7)
    end
    redis.call('PFADD', key, unpack(some))
  end
end

local function count(key, length, numbers, own, persons, estimate, list)
  local meter = read(key)
  local slice, total = window(key, meter, length)
  local known_numbers, known_persons = string.match(meter['r:' .. replica] or '0 0', '(%S+) (%S+)')
  known_numbers, known_persons = tonumber(known_numbers), tonumber(known_persons)
  local missing = math.max(math.min(numbers - known_numbers, own), 0)
  -- Nobody knows any more who they were: as many as there may have been.
  missing = missing + math.max(math.min(persons - known_persons, estimate), 0)
  local people = key .. ':' .. digits(slice)
  if missing > 0 or list or numbers > known_numbers or persons > known_persons then
    total = total + missing
    redis.call('HINCRBY', key, 'n:' .. digits(slice), digits(missing))
    redis.call('HSET', key, 'at', digits(slice), 'total', digits(total), 'r:' .. replica,
      digits(math.max(numbers, known_numbers)) .. ' ' .. digits(math.max(persons, known_persons)) .. ' ' .. digits(slice))
    if list then
      add_persons(people, list)
      add_persons(key .. ':all', list)
      keep(people, length)
    end
    keep(key, length)
    keep(key .. ':all', length)
  end
  return total + redis.call('PFCOUNT', key .. ':all')
end

local lists = tonumber(ARGV[3])
local answer = { tonumber(redis.call('GET', prefix .. 'orders:version') or 0) }
for i = 4 + lists, #ARGV, 7 do
  local list = ARGV[3 + tonumber(ARGV[i + 6])]
  if ARGV[i + 6] == '0' or list == '' then
    list = nil
  end
  answer[#answer + 1] = count(prefix .. ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3]),
    tonumber(ARGV[i + 4]), tonumber(ARGV[i + 5]), list)
end
return answer
