-- Asks for another order with each request where the path has NNN, and prints what came of it as JSON.
local count = 0
local thread = 0

function setup(one)
  one:set("id", thread)
  thread = thread + 1
end

function request()
  count = count + 1
  local path = wrk.path:gsub("NNN", id .. "-" .. count .. "-" .. os.time())
  return wrk.format("GET", path)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\nJSON{"requests": %d, "seconds": %f, "failed": %d, "p50": %f, "p95": %f, "p99": %f}\n',
    summary.requests, summary.duration / 1e6,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3))
end
