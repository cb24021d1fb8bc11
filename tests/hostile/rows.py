"""All rows, and how the program is called with one."""

import json_inputs
import settings_inputs
import stream_inputs
import template_inputs
import yaml_inputs

ROWS = {}
for _module in (json_inputs, yaml_inputs, template_inputs, settings_inputs, stream_inputs):
    for _family, _groups in _module.INPUTS.items():
        for _group, _rows in _groups.items():
            ROWS |= {f"{_family}, {_group}: {_name}": _row for _name, _row in _rows.items()}


def arguments_of(row, size):
    if row.command:
        return row.command(size)
    configured = () if "--config" in row.arguments else ("--no-config",)
    reported = () if "--format" in row.arguments or "--diff" in row.arguments else ("--format", "concise")
    return ["check", "--jobs", "1", *configured, *reported, *row.arguments, row.name]


def write_files(row, size, folder):
    """How many bytes they have."""
    made = row.make(size)
    total = 0
    for name, content in (made if isinstance(made, dict) else {row.name: made}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(content)
        total += len(content)
    return total
