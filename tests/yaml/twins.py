"""JSON requests written as YAML, in the ways that people write it."""

import json
import re

# Words without quotes that every version of YAML takes for texts.
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*")
NO_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


class Number(str):
    """A number as it is written."""


def load(text):
    return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=Number)


def double_quoted(text):
    """As JSON writes it, but for what YAML does not take."""
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda match: f"\\u{ord(match[0]):04x}", quoted)


def plain(text):
    return text if WORD.fullmatch(text) and text.lower() not in NO_WORDS else double_quoted(text)


def single_quoted(text):
    return "'" + text.replace("'", "''") + "'" if re.fullmatch("[ -~]*", text) else double_quoted(text)


def scalar(value, quote):
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return quote(value)
    return json.dumps(value)


def block(value, quote, indent=0):
    """Lines, the first one without its indentation."""
    if isinstance(value, dict) and value:
        for name, member in value.items():
            yield from entry(f"{quote(name)}:", member, quote, indent, indent + 2)
    elif isinstance(value, list) and value:
        for element in value:
            lines = list(block(element, quote, indent + 2))
            yield f"{' ' * indent}- {lines[0].lstrip(' ')}"
            yield from lines[1:]
    else:
        yield " " * indent + ("{}" if isinstance(value, dict) else "[]" if isinstance(value, list) else scalar(value, quote))


def entry(key, member, quote, indent, inner):
    lines = list(block(member, quote, inner))
    if isinstance(member, (dict, list)) and member:
        yield " " * indent + key
        yield from lines
    else:
        yield f"{' ' * indent}{key} {lines[0].lstrip(' ')}"


def flow(value, quote=plain):
    if isinstance(value, dict):
        return "{" + ",\n ".join(f"{quote(name)}: {flow(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(element) for element in value) + "] # a list\n "
    return scalar(value, quote)


STYLES = {
    "block": lambda value: "\n".join(block(value, plain)) + "\n",
    "quoted": lambda value: "---\r\n" + "\r\n".join(block(value, single_quoted)) + "\r\n",
    "flow": lambda value: "# flow style\n" + flow(value) + "\n",
}
