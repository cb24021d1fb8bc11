"""What a check found, as plain values."""

from __future__ import annotations

import dataclasses

SEVERITIES = ("info", "warning", "error")


def _severities_from(least):
    if least not in SEVERITIES:
        raise ValueError(f'the severity is {least!r}, but has to be "error", "warning" or "info"')
    return SEVERITIES[SEVERITIES.index(least) :]


@dataclasses.dataclass(frozen=True)
class Place:
    """A place in a checked text.

    begin, end: byte offsets, 0-based, of the first byte and of the one past the last (of the text in UTF-8 where it was a str).
    line, column, end_line, end_column: the same, 1-based; columns count characters.
    """

    begin: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


@dataclasses.dataclass(frozen=True)
class Related:
    """A second place that explains a finding: pointer, path and place as in Finding, and a message of its own."""

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
    """What would mend a checked text: all edits together, which are in order and do not overlap. safe: the meaning cannot change."""

    safe: bool
    edits: tuple[Edit, ...]


@dataclasses.dataclass(frozen=True)
class Finding:
    """One mistake; as a str, a line with its place or path, severity, message, id and help.

    id: "family/bad-thing"; `connect-lint explain ID` tells more.
    severity: "error", "warning" or "info".
    certainty: how it is known: "model", "service", "documentation" or "convention".
    message: what is wrong.
    pointer: where, as RFC 6901 writes it; "" for the whole request.
    path: where, as RFC 9535 writes it.
    mark: what it is about there: "value" or "key".
    help: what to do; "" where the message says it.
    source: where the fact comes from; "" where nothing is said.
    place: where in the text; None where the value did not come from a text.
    related: second places that explain it.
    fix: what would mend the text; None where nobody knows, or where there is no text.
    """

    id: str
    severity: str
    certainty: str
    message: str
    pointer: str
    path: str
    mark: str
    help: str = ""
    source: str = ""
    place: Place | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    def __str__(self) -> str:
        where = f"{self.place.line}:{self.place.column}: " if self.place else f"{self.path}: "
        return f"{where}{self.severity}: {self.message} [{self.id}]" + (f"; {self.help}" if self.help else "")


@dataclasses.dataclass(frozen=True)
class Report:
    """All that a check found; as a str, a line for each finding, or why the text was skipped.

    status: "checked", "skipped" (it is no Customer Profiles request) or "unreadable".
    operation: "PutIntegration"; "" where none was recognised.
    errors, warnings, infos: how many findings of each severity there are.
    findings: in the order of the text; at most 1,000.
    left_out: how many there are above that limit.
    note: why the text was skipped; "" otherwise.
    """

    status: str
    operation: str = ""
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    findings: tuple[Finding, ...] = ()
    left_out: int = 0
    note: str = ""

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return self.errors == 0

    def at_least(self, severity: str) -> tuple[Finding, ...]:
        """The findings of this severity ("error", "warning" or "info") and worse ones."""
        wanted = _severities_from(severity)
        return tuple(finding for finding in self.findings if finding.severity in wanted)

    def count(self, severity: str) -> int:
        """How many findings there are of this severity and worse, those that were left out as well."""
        numbers = {"error": self.errors, "warning": self.warnings, "info": self.infos}
        return sum(numbers[each] for each in _severities_from(severity))

    def __str__(self) -> str:
        if self.status == "skipped":
            return f"skipped: {self.note}"
        more = [f"{self.left_out} more"] if self.left_out else []
        return "\n".join([*map(str, self.findings), *more])


class RequestError(ValueError):
    """A request that was not sent.

    operation: its name. report: the Report of what was found. fail_on: the severity from which on findings stop a request; they make the message.
    """

    def __init__(self, operation: str, report: Report, fail_on: str = "error"):
        self.operation = operation
        self.report = report
        self.fail_on = fail_on
        findings, number = report.at_least(fail_on), report.count(fail_on)
        lines = [f"{operation} was not sent, {number} {'finding' if number == 1 else 'findings'}:", *map(str, findings)]
        if number > len(findings):
            lines.append(f"{number - len(findings)} more")
        super().__init__("\n".join(lines))

    def __reduce__(self):
        return type(self), (self.operation, self.report, self.fail_on)


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
