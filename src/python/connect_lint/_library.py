"""The shared library, as <connect_lint/connect_lint.h> describes it."""

import ctypes
import pathlib

NAME = "libconnect_lint.so.0"
ABI = 1


class LinterOptions(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("data_dir", ctypes.c_char_p), ("rule_dirs", ctypes.POINTER(ctypes.c_char_p)), ("rule_dir_count", ctypes.c_size_t)]


class Options(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_size_t),
        ("dialect", ctypes.c_int),
        ("syntax", ctypes.c_int),
        ("file_name", ctypes.c_char_p),
        ("least", ctypes.c_int),
        ("places", ctypes.c_int),
        ("has_now", ctypes.c_int),
        ("now", ctypes.c_int64),
        ("input_bytes_max", ctypes.c_uint64),
        ("depth_max", ctypes.c_uint32),
        ("findings_max", ctypes.c_uint32),
    ]


class Member(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("name_size", ctypes.c_size_t), ("value", ctypes.c_char_p), ("value_size", ctypes.c_size_t)]


# What each function gives and takes.
_FUNCTIONS = {
    "abi": (ctypes.c_uint32, []),
    "version": (ctypes.c_char_p, []),
    "new": (ctypes.c_void_p, [ctypes.POINTER(LinterOptions), ctypes.POINTER(ctypes.c_void_p)]),
    "free": (None, [ctypes.c_void_p]),
    "string_free": (None, [ctypes.c_void_p]),
    "check": (ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(Options)]),
    "check_body": (
        ctypes.c_void_p,
        [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(Member), ctypes.c_size_t, ctypes.POINTER(Options)],
    ),
    "report_free": (None, [ctypes.c_void_p]),
    "status": (ctypes.c_int, [ctypes.c_void_p]),
    "count": (ctypes.c_uint64, [ctypes.c_void_p, ctypes.c_int]),
    "size": (ctypes.c_size_t, [ctypes.c_void_p]),
    "left_out": (ctypes.c_uint64, [ctypes.c_void_p]),
    "note": (ctypes.c_char_p, [ctypes.c_void_p]),
    "operation": (ctypes.c_char_p, [ctypes.c_void_p]),
    "json": (ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_char_p]),
    "operation_name": (ctypes.c_char_p, [ctypes.c_size_t]),
}


def _candidates():
    """The library that was installed with this package, wherever that was; then the system's."""
    here = pathlib.Path(__file__).resolve()
    for folder in here.parents:
        if folder.name in ("lib", "lib64"):
            yield from sorted(str(path) for path in folder.glob("*/" + NAME))
            yield str(folder / NAME)
            break
    yield NAME


def _load():
    problems = []
    for name in _candidates():
        try:
            return ctypes.CDLL(name)
        except OSError as problem:
            problems.append(str(problem))
    raise ImportError(f"connect_lint needs {NAME}, which is installed with it: " + "; ".join(problems))


class _Library:
    def __init__(self):
        library = _load()
        try:
            for name, (gives, takes) in _FUNCTIONS.items():
                function = getattr(library, "connect_lint_" + name)
                function.restype, function.argtypes = gives, takes
                setattr(self, name, function)
        except AttributeError as problem:
            raise ImportError(f"{library._name} is not the library that this package is made for: {problem}") from None
        if self.abi() != ABI:
            raise ImportError(f"{library._name} has the interface {self.abi()}, but this package is made for {ABI}")

    def take_string(self, pointer):
        """The text of a string that is ours, which is given back."""
        if not pointer:
            raise MemoryError
        text = ctypes.string_at(pointer).decode("utf-8", "replace")
        self.string_free(pointer)
        return text


library = _Library()
