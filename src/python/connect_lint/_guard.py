"""Checks in front of every request that botocore sends."""

import logging

from connect_lint import _linter
from connect_lint._report import SEVERITIES, RequestError
from connect_lint._values import NoRequestValue

_EVENT = "before-parameter-build.customer-profiles"
_LOGGER = logging.getLogger("connect_lint")
_LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}


def _emitter(client_or_session):
    """The events of a boto3 or botocore client or session."""
    for owner in (getattr(client_or_session, "meta", None), client_or_session):
        if hasattr(getattr(owner, "events", None), "register_last"):
            return owner.events
    if hasattr(client_or_session, "get_component"):
        return client_or_session.get_component("event_emitter")
    raise TypeError(f"{client_or_session!r} is no client and no session of boto3 or botocore")


def guard(client_or_session, *, action="raise", fail_on="error", linter=None):
    """Checks every Customer Profiles request of a client, or of the clients that a session makes from now on, before it leaves.

    action: "raise" raises RequestError, and nothing is sent, where a request has a finding of at least the severity `fail_on` ("error",
    "warning" or "info"); "log" sends it and logs each such finding to the logger "connect_lint"; a function is called with the
    operation's name and the Report, and what it raises stops the request. linter: a Linter with rules of your own.

    Requests stay as they are. Operations that cannot be checked, and values that no client can send, are left to botocore. A guard that
    is put on again takes the place of the one before.
    """
    if not (callable(action) or action in ("raise", "log")):
        raise ValueError(f'action is {action!r}, but has to be "raise", "log" or a function')
    if fail_on not in SEVERITIES:
        raise ValueError(f'fail_on is {fail_on!r}, but has to be "error", "warning" or "info"')
    counted = ("errors", "warnings", "infos")[: 3 - SEVERITIES.index(fail_on)]
    check = (linter or _linter).check
    known = frozenset(_linter.operations())

    def before_parameter_build(params, model, **_):
        if model.name not in known:
            return
        try:
            report = check(model.name, params)
        except NoRequestValue:
            return  # botocore refuses it, in its own words.
        if not any(getattr(report, name) for name in counted):
            return
        if callable(action):
            action(model.name, report)
        elif action == "raise":
            raise RequestError(model.name, report, fail_on)
        else:
            for finding in report.at_least(fail_on):
                _LOGGER.log(_LEVELS[finding.severity], "%s: %s", model.name, finding)

    events = _emitter(client_or_session)
    events.unregister(_EVENT, unique_id="connect-lint-guard")
    events.register_last(_EVENT, before_parameter_build, unique_id="connect-lint-guard")
