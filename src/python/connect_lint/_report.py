"""What a check found, as plain values."""

from __future__ import annotations

import dataclasses

SEVERITIES = ("info", "warning", "error")


@dataclasses.dataclass(frozen=True)
class Place:
    """A place in a checked text; half-open."""

    begin: int  # Byte offset, 0-based.
    end: int  # One past the last byte.
    line: int  # 1-based.
    column: int  # 1-based, in characters.
    end_line: int
    end_column: int


@dataclasses.dataclass(frozen=True)
class Related:
    """A second place that explains a finding."""

    pointer: str
    path: str
    message: str
    place: Place | None = None


@dataclasses.dataclass(frozen=True)
class Edit:
    """Replace the bytes [begin, end) of the checked text by `text`."""

    begin: int
    end: int
    text: str


@dataclasses.dataclass(frozen=True)
class Fix:
    safe: bool  # True: the meaning cannot change.
    edits: tuple[Edit, ...]


@dataclasses.dataclass(frozen=True)
class Finding:
    id: str  # "family/bad-thing"; `connect-lint explain ID` tells more.
    severity: str  # "error", "warning" or "info".
    certainty: str  # How it is known: "model", "service", "documentation" or "convention".
    message: str
    pointer: str  # RFC 6901; "" for the whole request.
    path: str  # RFC 9535 normalized path.
    mark: str  # What it is about: "value" or "key".
    help: str = ""  # What to do; "" when the message says it.
    source: str = ""  # Where the fact comes from.
    place: Place | None = None  # None when the value did not come from a text.
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    def __str__(self):
        where = f"{self.place.line}:{self.place.column}: " if self.place else f"{self.path}: "
        return f"{where}{self.severity}: {self.message} [{self.id}]" + (f"; {self.help}" if self.help else "")


@dataclasses.dataclass(frozen=True)
class Report:
    status: str  # "checked", "skipped" (it is no Customer Profiles request; `note` says why we think so) or "unreadable".
    operation: str = ""  # "PutIntegration"; "" where none was recognised.
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    findings: tuple[Finding, ...] = ()  # In the order of the text; at most 1,000. The numbers above are of all.
    left_out: int = 0  # Findings above that limit.
    note: str = ""

    @property
    def ok(self):
        """Whether there is no error."""
        return self.errors == 0

    def at_least(self, severity):
        """The findings of this severity ("error", "warning" or "info") and worse ones."""
        wanted = SEVERITIES[SEVERITIES.index(severity) :]
        return tuple(finding for finding in self.findings if finding.severity in wanted)

    def __str__(self):
        return "\n".join(map(str, self.findings))


class RequestError(ValueError):
    """A request that was not sent: `operation` names it, `report` says why."""

    def __init__(self, operation, report, least="error"):
        self.operation = operation
        self.report = report
        mistakes = report.at_least(least)
        lines = [f"{operation} was not sent, {len(mistakes)} {'mistake' if len(mistakes) == 1 else 'mistakes'}:", *map(str, mistakes)]
        super().__init__("\n".join(lines))


def _place(span):
    return Place(**span) if span else None


def _finding(found):
    related = tuple(Related(one["pointer"], one["path"], one["message"], _place(one.get("span"))) for one in found.get("related", ()))
    fix = found.get("fix")
    return Finding(
        id=found["id"],
        severity=found["severity"],
        certainty=found["certainty"],
        message=found["message"],
        pointer=found["pointer"],
        path=found["path"],
        mark=found["mark"],
        help=found.get("help", ""),
        source=found.get("source", ""),
        place=_place(found.get("span")),
        related=related,
        fix=Fix(fix["safe"], tuple(Edit(**edit) for edit in fix["edits"])) if fix else None,
    )


def findings_of(report):
    """The findings of a report as the library prints it."""
    return tuple(_finding(found) for found in report["diagnostics"])
