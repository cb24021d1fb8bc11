"""Linters, and what checks with the one that is built in."""

from __future__ import annotations

import ctypes
import datetime
import functools
import json
import os
from typing import Iterable

from connect_lint import _report, _values
from connect_lint._library import LinterOptions, Member, Options, library

_AUTO = -1
_DIALECTS = {None: _AUTO, "input": 0, "body": 1, "cloudformation": 2}
_SYNTAXES = {None: _AUTO, "json": 0, "yaml": 1}
_STATUSES = ("checked", "skipped", "unreadable")


def _bytes(text, what):
    if isinstance(text, str):
        return text.encode("utf-8", "surrogatepass")
    if isinstance(text, (bytes, bytearray, memoryview)):
        return bytes(text)
    raise TypeError(f"{what} is of type `{type(text).__qualname__}`, but has to be str or bytes")


def _name(operation):
    if not isinstance(operation, str):
        raise TypeError(f"operation is of type `{type(operation).__qualname__}`, but has to be a str")
    return operation.replace("\0", "\ufffd").encode("utf-8", "replace")


def _path(path):
    name = os.fsencode(path)
    if b"\0" in name:
        raise ValueError(f"{path!r} is no path: it holds a null character")
    return name


def _seconds(now):
    seconds = _values.seconds(now) if isinstance(now, datetime.datetime) else int(now)
    if not -(2**63) <= seconds < 2**63:
        raise ValueError("now is beyond all times")
    return seconds


def _choice(name, value, values):
    if value not in values:
        raise ValueError(f"{name} is {value!r}, but has to be one of " + ", ".join(f'"{each}"' for each in values if each))
    return values[value]


def _options(*, places=True, dialect=None, syntax=None, file_name=None, now=None):
    options = Options(size=ctypes.sizeof(Options), places=int(places))
    options.dialect = _choice("dialect", dialect, _DIALECTS)
    options.syntax = _choice("syntax", syntax, _SYNTAXES)
    if file_name is not None:
        options.file_name = _path(file_name)
    if now is not None:
        options.has_now, options.now = 1, _seconds(now)
    return options


_WITH_PLACES = _options()
_PATHS_ONLY = _options(places=False, dialect="input", syntax="json")


@functools.lru_cache(maxsize=64)
def _clean(operation):
    return _report.Report(status="checked", operation=operation.decode())


def _take(pointer):
    """The report as a value of Python; the library's is given back."""
    if not pointer:
        raise MemoryError
    try:
        status = library.status(pointer)
        if status == 0 and library.size(pointer) == 0:
            return _clean(library.operation(pointer))
        return _report.Report(
            status=_STATUSES[status],
            operation=library.operation(pointer).decode(),
            errors=library.count(pointer, 2),
            warnings=library.count(pointer, 1),
            infos=library.count(pointer, 0),
            findings=_report.findings_of(json.loads(library.take_string(library.json(pointer, b"")))),
            left_out=library.left_out(pointer),
            note=library.note(pointer).decode("utf-8", "replace"),
        )
    finally:
        library.report_free(pointer)


class Linter:
    """Checks with the built-in schemas and rules, and with rules of your own.

    rules: folders with further rules (`<family>/<bad-thing>.yaml`), or one such folder; data_dir: a checkout's folder with `schemas/`,
    and perhaps `rules/`, instead of the built-in ones. Raises ValueError, which says why, where they cannot be loaded.

    Threads may share one. Copied or pickled, its folders are loaded again.
    """

    _handle = None

    def __init__(self, *, rules: str | os.PathLike | Iterable[str | os.PathLike] = (), data_dir: str | os.PathLike | None = None):
        if isinstance(rules, (str, bytes, os.PathLike)):
            rules = (rules,)
        self._rules, self._data_dir = tuple(rules), data_dir
        folders = [_path(folder) for folder in self._rules]
        options = LinterOptions(
            size=ctypes.sizeof(LinterOptions),
            data_dir=None if data_dir is None else _path(data_dir),
            rule_dirs=(ctypes.c_char_p * len(folders))(*folders),
            rule_dir_count=len(folders),
        )
        error = ctypes.c_void_p()
        self._handle = library.new(ctypes.byref(options), ctypes.byref(error))
        if not self._handle:
            raise ValueError(library.take_string(error.value))

    def __del__(self):
        if self._handle:
            library.free(self._handle)
            self._handle = None

    def __reduce__(self):
        return functools.partial(type(self), rules=self._rules, data_dir=self._data_dir), ()

    def check(self, operation: str, params: dict, *, now: datetime.datetime | float | None = None) -> _report.Report:
        """Checks parameters as the methods of boto3 take them: a dict of str, numbers, bool, datetime, lists and dicts.

        operation: the operation's name, such as "PutIntegration". now: the present time, for the rules that need it: a datetime, or
        seconds since 1970. Findings have paths and no places. Raises TypeError where the parameters hold what no client can send.
        """
        name, text = _name(operation), _values.json_text(params)
        options = _PATHS_ONLY if now is None else _options(places=False, dialect="input", syntax="json", now=now)
        return _take(library.check(self._handle, name, text, len(text), options))

    def check_text(
        self,
        text: str | bytes,
        *,
        operation: str | None = None,
        file_name: str | os.PathLike | None = None,
        dialect: str | None = None,
        syntax: str | None = None,
        now: datetime.datetime | float | None = None,
    ) -> _report.Report:
        """Checks a JSON or YAML text: a request, a CloudFormation template.

        What it is for is recognised, unless operation ("PutIntegration"), dialect ("input", "body" or "cloudformation") and syntax
        ("json" or "yaml") tell; file_name is evidence for that, and is not opened. now: as for check().
        """
        text, name = _bytes(text, "text"), None if operation is None else _name(operation)
        plain = file_name is None and dialect is None and syntax is None and now is None
        options = _WITH_PLACES if plain else _options(dialect=dialect, syntax=syntax, file_name=file_name, now=now)
        return _take(library.check(self._handle, name, text, len(text), options))

    def check_body(
        self, operation: str, body: str | bytes, uri_members: dict[str, str], *, now: datetime.datetime | float | None = None
    ) -> _report.Report:
        """Checks what a client is about to send.

        body: the JSON body, "" where there is none. uri_members: the members that travel in the URI or query string, without
        percent-encoding: {"DomainName": "sales"}; findings about those have no place. now: as for check().
        """
        name, body = _name(operation), _bytes(body, "body")
        pairs = [(_bytes(key, "a name of uri_members"), _bytes(value, f"the member {key!r}")) for key, value in uri_members.items()]
        members = (Member * len(pairs))(*(Member(key, len(key), value, len(value)) for key, value in pairs))
        options = _WITH_PLACES if now is None else _options(now=now)
        return _take(library.check_body(self._handle, name, body, len(body), members, len(pairs), options))


_built_in = Linter()
check = _built_in.check
check_text = _built_in.check_text
check_body = _built_in.check_body


def version() -> str:
    """The library's version, such as "0.1.0"."""
    return library.version().decode()


def operations() -> tuple[str, ...]:
    """The names of the operations that can be checked, such as "PutIntegration"."""
    names = []
    while (name := library.operation_name(len(names))) is not None:
        names.append(name.decode())
    return tuple(names)
