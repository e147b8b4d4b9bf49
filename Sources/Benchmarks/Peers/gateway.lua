-- Asks for balances, each time of another guarantee: wrk -s gateway.lua URL -- v1|v2 RUN PAUSE [check]
-- v1 asks the gateway, v2 an upstream or a proxy of it; RUN (up to 999) keeps the guarantees of two runs apart; with a
-- PAUSE each connection rests that many milliseconds, more or less, before it asks; check reads every answer.

local threads = {}

function setup(thread)
    thread:set("number", #threads)
    threads[#threads + 1] = thread
end

-- The four digits of each half of the counter, and what they add to the sum that the check digit is made of (ISO 6346).
local function halves(position)
    local texts, sums = {}, {}
    for number = 0, 9999 do
        local text, sum = string.format("%04d", number), 0
        for index = 1, 4 do sum = sum + tonumber(text:sub(index, index)) * 2 ^ (position + index - 1) end
        texts[number], sums[number] = text, sum
    end
    return texts, sums
end

local letters = { G = 17, B = 12 }

function init(arguments)
    local version, run, pause = arguments[1], tonumber(arguments[2]), tonumber(arguments[3])
    assert(number < 10 and run < 1000)
    local head = string.format("24GB%03d%d", run, number)
    local base = 0
    for index = 1, 8 do
        local letter = head:sub(index, index)
        base = base + (letters[letter] or tonumber(letter)) * 2 ^ (index - 1)
    end
    local high, highSums = halves(8)
    local low, lowSums = halves(12)
    local counter = -1

    local function grn()
        counter = counter + 1
        local upper, lower = math.floor(counter / 10000), counter % 10000
        return head .. high[upper] .. low[lower] .. (base + highSums[upper] + lowSums[lower]) % 11 % 10
    end

    local headers = string.format(
        " HTTP/1.1\r\nHost: %s:%s\r\nAccept: application/vnd.hmrc.%s.0+json\r\nContent-Type: application/json\r\n"
            .. "Authorization: Bearer 0123456789abcdef0123456789abcdef\r\nContent-Length: ",
        wrk.host, wrk.port, version:sub(2))
    local asked
    if version == "v1" then
        local start = '{"taxIdentifier":"GB123456789012","guaranteeReference":"'
        local rest = '","accessCode":"AC01"}'
        start = "POST /customs/guarantees/balances" .. headers .. (#start + 17 + #rest) .. "\r\n\r\n" .. start
        function request()
            asked = grn()
            return start .. asked .. rest
        end
    else
        local body = '{"accessCode":"AC01"}'
        local rest = "/balance" .. headers .. #body .. "\r\n\r\n" .. body
        function request()
            asked = grn()
            return "POST /customs/guarantees/" .. asked .. rest
        end
    end

    if pause > 0 then
        math.randomseed(run * 10 + number)
        function delay() return math.random(1, 2 * pause - 1) end
    end

    -- wrk counts an answer as wrong from 400 up; and which guarantee an answer is about is only known with one connection.
    wrong = 0
    if arguments[4] == "check" then
        function response(status, _, body)
            local isRight = status == 200 and body:find('"balance":262626,"currency":"GBP"', 1, true)
                and (version == "v1" or body:find("/customs/guarantees/" .. asked .. "/balance", 1, true))
            if isRight then return end
            wrong = wrong + 1
            if wrong == 1 then io.stderr:write(string.format("asked about %s: %d %s\n", asked, status, body)) end
        end
    end
end

function done(summary, latency)
    local wrong = 0
    for _, thread in ipairs(threads) do wrong = wrong + thread:get("wrong") end
    local errors = summary.errors
    print(string.format(
        '{"requests":%d,"microseconds":%d,"bytes":%d,"median":%d,"p99":%d,"failed":%d,"refused":%d,"wrong":%d}',
        summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.timeout, errors.status, wrong))
end
