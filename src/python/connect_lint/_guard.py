"""Checks in front of every request that botocore sends."""

from __future__ import annotations

import logging
from typing import Callable

from connect_lint import _linter
from connect_lint._report import SEVERITIES, Report, RequestError
from connect_lint._values import NoRequestValue

# Handlers of this name run after those of the longer ones, such as "before-parameter-build.customer-profiles.PutIntegration".
_EVENT = "before-parameter-build"
_OURS = _EVENT + ".customer-profiles."
_ID = "connect-lint-guard"
_LOGGER = logging.getLogger("connect_lint")
_LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}


def _events(client_or_session):
    """The events of a boto3 or botocore client or session."""
    for owner in (getattr(client_or_session, "meta", None), client_or_session):
        if hasattr(getattr(owner, "events", None), "register_last"):
            return owner.events
    if hasattr(client_or_session, "get_component"):
        return client_or_session.get_component("event_emitter")
    raise TypeError(f"{client_or_session!r} is no client and no session of boto3 or botocore")


def _refuse(params, model):
    """As botocore refuses it, in its own words; a client may be set to leave that out, and would send it."""
    from botocore.exceptions import ParamValidationError
    from botocore.validate import ParamValidator

    report = ParamValidator().validate(params, model.input_shape)
    if report.has_errors():
        raise ParamValidationError(report=report.generate_report()) from None


def _with_texts(value):
    """The parameters with texts for bytes, which botocore takes for times."""
    if isinstance(value, (bytes, bytearray)):
        return value.decode("utf-8", "replace")
    if isinstance(value, dict):
        return {key: _with_texts(each) for key, each in value.items()}
    return [_with_texts(each) for each in value] if isinstance(value, (list, tuple)) else value


def guard(
    client_or_session: object, *, action: str | Callable[[str, Report], object] = "raise", fail_on: str = "error", linter: _linter.Linter | None = None
) -> None:
    """Checks every Customer Profiles request of a client, or of the clients that a session makes from now on, before it leaves.

    action: what is done with a request that has a finding of at least the severity `fail_on` ("error", "warning" or "info"):
    "raise" raises RequestError, and nothing is sent; "log" sends it, and logs each such finding to the logger "connect_lint"; a
    function is called with the operation's name and the Report: what it raises stops the request. linter: one with rules of your own.

    Requests stay as they are, and what goes to other services is not looked at. Values that no client can send, and operations that
    cannot be checked, are left to botocore and its ParamValidationError. A guard that is put on again takes the place of the one before.
    """
    if not (callable(action) or action in ("raise", "log")):
        raise ValueError(f'action is {action!r}, but has to be "raise", "log" or a function')
    if fail_on not in SEVERITIES:
        raise ValueError(f'fail_on is {fail_on!r}, but has to be "error", "warning" or "info"')
    check = _linter.check if linter is None else linter.check
    known = frozenset(_linter.operations())

    def before_parameter_build(event_name, params, model, **_):
        if not event_name.startswith(_OURS) or model.name not in known:
            return
        try:
            report = check(model.name, params)
        except NoRequestValue:
            if action != "raise":
                return
            _refuse(params, model)
            report = check(model.name, _with_texts(params))
        if not report.count(fail_on):
            return
        if callable(action):
            action(model.name, report)
        elif action == "raise":
            raise RequestError(model.name, report, fail_on)
        else:
            for finding in report.at_least(fail_on):
                _LOGGER.log(_LEVELS[finding.severity], "%s: %s", model.name, finding)

    events = _events(client_or_session)
    events.unregister(_EVENT, unique_id=_ID)
    events.register_last(_EVENT, before_parameter_build, unique_id=_ID)
