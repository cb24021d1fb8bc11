"""Parameters as boto3 takes them, as JSON text."""

import calendar
import datetime
import decimal
import json


class NoRequestValue(TypeError):
    """A value that no client can send."""


def _seconds(time):
    """A time as botocore sends it: whole seconds since 1970; without a time zone it is UTC."""
    if time.tzinfo is not None:
        time = time.astimezone(datetime.timezone.utc)
    return calendar.timegm(time.timetuple())


def _plain(value, path, around):
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, datetime.datetime):
        return _seconds(value)
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (dict, list, tuple)):
        if id(value) in around:
            raise NoRequestValue(f"the value at {path} is inside of itself")
        around = around | {id(value)}
        if not isinstance(value, dict):
            return [_plain(each, f"{path}[{index}]", around) for index, each in enumerate(value)]
        for key in value:
            if not isinstance(key, str):
                raise NoRequestValue(f"a key at {path} is {key!r}, but has to be a str")
        return {key: _plain(each, f"{path}[{key!r}]", around) for key, each in value.items()}
    raise NoRequestValue(f"the value at {path} is of {type(value)}, which no client can send")


def _has_text_keys(value):
    """Whether every key is a str: json.dumps() makes one of numbers, botocore does not."""
    if isinstance(value, dict):
        return all(type(key) is str for key in value) and all(_has_text_keys(each) for each in value.values() if isinstance(each, (dict, list, tuple)))
    return all(_has_text_keys(each) for each in value if isinstance(each, (dict, list, tuple)))


def _default(value):
    return _plain(value, "$", frozenset())


def json_text(params):
    """The parameters as JSON text, in bytes. Raises NoRequestValue where they hold what no client can send."""
    try:
        # Nearly always nothing has to be put in another way.
        if isinstance(params, dict) and _has_text_keys(params):
            return json.dumps(params, default=_default, separators=(",", ":")).encode("ascii")
    except (TypeError, ValueError, RecursionError):
        pass
    try:
        return json.dumps(_plain(params, "$", frozenset()), separators=(",", ":")).encode("ascii")
    except RecursionError:
        raise NoRequestValue("the values are nested too deeply") from None
