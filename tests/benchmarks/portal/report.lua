-- Asks for another order with each request where the path has NNN, and prints what came of it as JSON.
-- CSRF_TOKEN: before each request, what the path's customer is called is searched for in the find box.
local count = 0
local thread = 0
local csrf_token = os.getenv("CSRF_TOKEN")
local is_found = false
local last = nil

function setup(one)
  one:set("id", thread)
  thread = thread + 1
end

local function find(own)
  local headers = {["Content-Type"] = "application/x-www-form-urlencoded", ["X-CSRFToken"] = csrf_token}
  for name, value in pairs(wrk.headers) do headers[name] = value end
  return wrk.format("POST", "/find/", headers, "q=0-" .. own .. "%40mail.example")
end

function request()
  if not is_found then count = count + 1 end
  local own = id .. "-" .. count .. "-" .. os.time()
  if csrf_token and not is_found then
    is_found = true
    last = own
    return find(own)
  end
  if is_found then own = last end
  is_found = false
  return wrk.format("GET", (wrk.path:gsub("NNN", own)))
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\nJSON{"requests": %d, "seconds": %f, "failed": %d, "p50": %f, "p95": %f, "p99": %f}\n',
    summary.requests, summary.duration / 1e6,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3))
end
