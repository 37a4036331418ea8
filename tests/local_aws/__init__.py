"""A local stand-in for AWS: moto, plus what moto lacks, refusing what AWS refuses.

Each module closes one gap. A module that concerns API calls registers functions in `hooks`, to run before,
instead of, or after moto; `gateway` runs them, `setup` loads them all. Tests steer the stand-in by `control`:

    POST   /_local/faults      a list of faults, see `faults.Fault`; a read that lags behind is an error, once
    DELETE /_local/faults      no more faults
    POST   /_local/settings    how slow and strict, see `settings.Settings`
    GET    /_local/journal     every API call, every failed delivery, every asynchronous invocation
    DELETE /_local/journal     forget them
    GET    /_local/rights      which rights those have used who have policies, and which they were refused
    DELETE /_local/rights      forget them
    GET    /_local/idle        answers when nothing is being delivered or run (?timeout=30; then 408)
    GET    /_local/inventory   everything that exists
    POST   /_local/event       an event, envelope and all, onto the default bus of its account and region
    POST   /_local/schedules   the time has come for every enabled rule with a schedule, once
    POST   /_local/reset       start afresh
"""
