-- Sends the bodies of a file, one a line, in turns: wrk --script=wrk.lua URL -- FILE
local requests = {}
local sent = 0

function init(arguments)
  wrk.headers["Content-Type"] = "application/json"
  for body in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("POST", nil, nil, body)
  end
end

function request()
  sent = sent + 1
  return requests[(sent - 1) % #requests + 1]
end

-- An answer that wrk does not count as an error can still be none that acknowledges: whoever starts this compares the
-- number of requests with what was queued.
function done(summary)
  local errors = summary.errors
  io.write(string.format("requests %d refused %d errors %d microseconds %d\n", summary.requests, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, summary.duration))
end
