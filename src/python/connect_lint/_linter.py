"""Linters, and what checks with the one that is built in."""

import ctypes
import json
import os

from connect_lint import _report
from connect_lint._library import LinterOptions, Member, Options, library
from connect_lint._values import json_text

_AUTO = -1
_DIALECTS = {None: _AUTO, "input": 0, "body": 1, "cloudformation": 2}
_SYNTAXES = {None: _AUTO, "json": 0, "yaml": 1}
_STATUSES = ("checked", "skipped", "unreadable")


def _bytes(text):
    return bytes(text) if isinstance(text, (bytes, bytearray, memoryview)) else text.encode("utf-8", "surrogatepass")


def _options(*, places=True, dialect=None, syntax=None, file_name=None, now=None):
    options = Options(size=ctypes.sizeof(Options), dialect=_DIALECTS[dialect], syntax=_SYNTAXES[syntax], places=int(places))
    if file_name is not None:
        options.file_name = os.fsencode(file_name)
    if now is not None:
        options.has_now, options.now = 1, int(now)
    return options


_WITH_PLACES = _options()
_PATHS_ONLY = _options(places=False, dialect="input", syntax="json")


class Linter:
    """Checks with the built-in schemas and rules, and with rules of your own.

    rules: folders with further rules (`<family>/<bad-thing>.yaml`); data_dir: a checkout's folder with `schemas/`, and perhaps
    `rules/`, instead of the built-in ones. Raises ValueError, which says why, where they cannot be loaded. May be shared by threads.
    """

    def __init__(self, *, rules=(), data_dir=None):
        self._handle = None
        folders = [os.fsencode(folder) for folder in rules]
        options = LinterOptions(
            size=ctypes.sizeof(LinterOptions),
            data_dir=os.fsencode(data_dir) if data_dir is not None else None,
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

    def check(self, operation, params, *, now=None):
        """Checks parameters as boto3's methods take them: a dict of str, numbers, bool, datetime, lists and dicts.

        operation: "PutIntegration". now: the present time in seconds since 1970, for the rules that need it. Findings have paths and no
        places. Gives a Report; raises TypeError where the parameters hold what no client can send.
        """
        text = json_text(params)
        options = _PATHS_ONLY if now is None else _options(places=False, dialect="input", syntax="json", now=now)
        return self._report(library.check(self._handle, _bytes(operation), text, len(text), options))

    def check_text(self, text, *, operation=None, file_name=None, dialect=None, syntax=None, now=None):
        """Checks a JSON or YAML text, str or bytes. What it is for is recognised, unless operation ("PutIntegration"), dialect ("input",
        "body" or "cloudformation") and syntax ("json" or "yaml") tell; file_name is evidence for that, and is not opened."""
        text = _bytes(text)
        plain = file_name is None and dialect is None and syntax is None and now is None
        options = _WITH_PLACES if plain else _options(dialect=dialect, syntax=syntax, file_name=file_name, now=now)
        return self._report(library.check(self._handle, _bytes(operation) if operation else None, text, len(text), options))

    def check_body(self, operation, body, uri_members):
        """Checks what a client is about to send: the JSON body, str or bytes ("" where there is none), and a dict of the members that travel
        in the URI or query string, as str. Findings about those have no place."""
        body = _bytes(body)
        names = [(_bytes(name), _bytes(value)) for name, value in uri_members.items()]
        members = (Member * len(names))(*(Member(name, len(name), value, len(value)) for name, value in names))
        return self._report(library.check_body(self._handle, _bytes(operation), body, len(body), members, len(names), _WITH_PLACES))

    @staticmethod
    def _report(pointer):
        if not pointer:
            raise MemoryError
        try:
            errors, warnings, infos = (library.count(pointer, severity) for severity in (2, 1, 0))
            findings = ()
            if errors or warnings or infos:
                findings = _report.findings_of(json.loads(library.take_string(library.json(pointer, b""))))
            return _report.Report(
                status=_STATUSES[library.status(pointer)],
                operation=library.operation(pointer).decode(),
                errors=errors,
                warnings=warnings,
                infos=infos,
                findings=findings,
                left_out=library.left_out(pointer),
                note=library.note(pointer).decode("utf-8", "replace"),
            )
        finally:
            library.report_free(pointer)


_built_in = Linter()
check = _built_in.check
check_text = _built_in.check_text
check_body = _built_in.check_body


def version():
    """The library's version, such as "0.1.0"."""
    return library.version().decode()


def operations():
    """The names of the operations that can be checked."""
    names = []
    while (name := library.operation_name(len(names))) is not None:
        names.append(name.decode())
    return tuple(names)
