"""Parameters as boto3 takes them, as JSON text."""

from __future__ import annotations

import calendar
import datetime
import json

DEPTH_MAX = 128  # Of dicts and lists within each other, as in the library. No operation's parameters are half as deep.
CONTAINERS_MAX = 5_000_000  # Dicts and lists in all: a few that hold each other many times would make a text without end.


class NoRequestValue(TypeError):
    """A value that no client can send."""


def seconds(time):
    """A datetime as botocore sends it: whole seconds since 1970; without a time zone it is UTC."""
    if time.tzinfo is not None:
        time = time.astimezone(datetime.timezone.utc)
    return calendar.timegm(time.timetuple())


def _shown(value):
    """A value in a message, however long it is."""
    try:
        text = repr(value)
    except Exception:  # Whatever a class of the caller's, or an int with more digits than Python writes, may raise.
        return f"<{type(value).__qualname__}>"
    return text if len(text) <= 80 else f"{text[:60]}...{text[-17:]}"


def _default(value):
    """What json knows nothing of: times, and what botocore takes for a number (Decimal, numpy's)."""
    try:
        if isinstance(value, datetime.datetime):
            return seconds(value)
        if hasattr(value, "__float__"):
            return float(value)
    except (ArithmeticError, TypeError, ValueError):
        raise NoRequestValue(f"is `{_shown(value)}`, which no client can send") from None
    raise NoRequestValue(f"is of type `{type(value).__qualname__}`, which no client can send")


_ENCODER = json.JSONEncoder(check_circular=False, allow_nan=False, separators=(",", ":"), default=_default)


_CONTAINERS = (dict, list, tuple)


def _text_keys_only(params):
    """Whether every key is a str: json makes one of numbers, botocore does not. Raises NoRequestValue where it goes on without end."""
    level, left = [params], CONTAINERS_MAX
    for _ in range(DEPTH_MAX):
        below = []
        for values in level:
            if isinstance(values, dict):
                try:
                    "".join(values)  # The fastest way to look at all keys.
                except TypeError:
                    return False
                values = values.values()
            for value in values:
                if isinstance(value, _CONTAINERS):
                    below.append(value)
            if len(below) > left:
                raise NoRequestValue(f"the parameters hold more than {CONTAINERS_MAX:,} dicts and lists, or some inside of themselves")
        if not below:
            return True
        level, left = below, left - len(below)
    raise NoRequestValue(f"the parameters are nested more than {DEPTH_MAX} deep, or inside of themselves")


def _problem(value, path, seen):
    """What is wrong with the first value that no client can send; None where nothing is."""
    if not isinstance(value, _CONTAINERS):
        try:
            _ENCODER.encode(value)
            return None
        except NoRequestValue as problem:
            return f"the value at {path} {problem}"
        except ValueError:  # NaN, infinity, or an int with more digits than Python writes.
            what = "has too many digits" if isinstance(value, int) else f"is `{_shown(value)}`"
            return f"the value at {path} {what}, which no client can send"
    if id(value) in seen:
        return None
    seen.add(id(value))
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(value, dict) and not isinstance(key, str):
            return f"a key at {path} is `{_shown(key)}`, but has to be a str"
        problem = _problem(each, f"{path}[{_shown(key)}]", seen)
        if problem:
            return problem
    return None


def json_text(params):
    """The parameters as JSON text, in bytes. Raises NoRequestValue where they hold what no client can send."""
    if not isinstance(params, dict):
        raise NoRequestValue(f"the parameters are of type `{type(params).__qualname__}`, but have to be a dict")
    cause = None
    if _text_keys_only(params):
        try:
            return _ENCODER.encode(params).encode("ascii")
        except (TypeError, ValueError) as problem:
            cause = problem
    raise NoRequestValue(_problem(params, "$", set()) or str(cause)) from None
