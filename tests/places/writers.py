"""A value as JSON and as YAML in ways that are left to chance, with the place of everything in it.

    written = write_yaml({"Tasks": [{"TaskType": "Map"}]}, random.Random(7))
    written.bytes, written.places[("Tasks", 0, "TaskType"), "value"]    b"...", [(20, 23)]

Numbers are given as twins.Number, the text that they have.
"""

import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "yaml"))

import twins  # noqa: E402

BYTE_ORDER_MARK = "\ufeff"
KEY_CHARACTERS_MAX = 1000  # YAML has 1024 for a key without `?`.
COMMENTS = ["# a comment", "#", "# - no: entry", "# \u00e9\U0001f600 \"'{[", "#\tx: &y *z"]
WORDS = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*")


class Written:
    """The text so far, and where things stand: {(path, "key" or "value"): [begin, end)}, in bytes."""

    def __init__(self):
        self.parts = []
        self.size = 0
        self.places = {}
        self.aliased = {}  # Where an alias stands, and the path of what it stands for.

    def put(self, text):
        data = text.encode("utf-8")
        self.parts.append(data)
        self.size += len(data)

    def token(self, text, path, mark):
        begin = self.size
        self.put(text)
        self.places[path, mark] = (begin, self.size)

    def of_use(self, path, mark):
        """The range of a key or value; in what an alias stands for, that of the alias."""
        for alias in self.aliased:
            if path[: len(alias)] == alias and (path, mark) != (alias, "key"):
                return self.places[alias, "value"]
        return self.places[path, mark]

    def of_text(self, path, mark):
        """The range in which a key or value is written."""
        for alias, original in self.aliased.items():
            if path[: len(alias)] == alias and (path, mark) != (alias, "key"):
                return self.of_text(original + path[len(alias) :], mark)
        return self.places[path, mark]

    @property
    def bytes(self):
        return b"".join(self.parts)


# --- JSON ---------------------------------------------------------------------------------------------------------------------


class JsonWriter(Written):
    def __init__(self, chance):
        super().__init__()
        self.chance = chance
        self.line_end = chance.choice(["\n", "\n", "\r\n"])
        self.step = chance.choice([None, None, "", " ", "  ", "    ", "\t", "       "])  # None: all on one line.
        self.loose = chance.random() < 0.3  # Blanks anywhere.
        self.escaped = chance.choice([0, 0, 0.1, 1])  # How much of the texts is written as \uXXXX.

    def blank(self):
        if self.loose:
            self.put("".join(self.chance.choice([" ", "\t", self.line_end]) for _ in range(self.chance.choice([0, 0, 1, 3]))))

    def new_line(self, depth):
        if self.step is not None:
            self.put(self.line_end + self.step * depth)

    def text(self, text):
        plain_ascii = self.chance.random() < 0.3
        made = ""
        for character in text:
            if self.chance.random() < self.escaped:
                units = character.encode("utf-16-be")
                made += "".join(f"\\u{units[at]:02{self.chance.choice('xX')}}{units[at + 1]:02x}" for at in range(0, len(units), 2))
            else:
                made += "\\/" if character == "/" and self.escaped == 0.1 else json.dumps(character, ensure_ascii=plain_ascii)[1:-1]
        return f'"{made}"'

    def value(self, value, path=(), depth=0):
        if isinstance(value, (dict, list)):
            begin = self.size
            self.put("{" if isinstance(value, dict) else "[")
            for number, (step, inner) in enumerate(value.items() if isinstance(value, dict) else enumerate(value)):
                self.put("," if number else "")
                self.new_line(depth + 1)
                self.blank()
                if isinstance(value, dict):
                    self.token(self.text(step), (*path, step), "key")
                    self.blank()
                    self.put(":" if self.step is None else ": ")
                    self.blank()
                self.value(inner, (*path, step), depth + 1)
                self.blank()
            if value:
                self.new_line(depth)
            self.put("}" if isinstance(value, dict) else "]")
            self.places[path, "value"] = (begin, self.size)
        elif isinstance(value, twins.Number):
            self.token(str(value), path, "value")
        else:
            self.token(self.text(value) if isinstance(value, str) else json.dumps(value), path, "value")


def write_json(value, chance):
    writer = JsonWriter(chance)
    writer.put(BYTE_ORDER_MARK if chance.random() < 0.1 else "")
    writer.blank()
    writer.value(value)
    writer.put(chance.choice(["", writer.line_end]))
    return writer


# --- YAML ---------------------------------------------------------------------------------------------------------------------


class YamlWriter(Written):
    def __init__(self, chance, value):
        super().__init__()
        self.chance = chance
        self.line_end = chance.choice(["\n", "\n", "\r\n"])
        self.comments = chance.choice([0, 0, 0.1, 0.4])
        self.flow_share = chance.choice([0, 0.1, 0.3, 1])
        self.quotes = chance.choice([["plain"], ["single"], ["double"], ["plain", "single", "double", "escaped", "block", "lines"]])
        self.marked_keys = chance.choice([0, 0, 0, 0.1])  # With a `?`.
        self.tags = chance.choice([0, 0, 0, 0.1])
        self.after_block_text = False  # Comments would be a part of it.
        self.anchors = {}
        self.twice = repeated(value) if chance.random() < 0.4 else set()

    # Lines

    def comment(self):
        return self.chance.choice(COMMENTS) if self.chance.random() < self.comments and not self.after_block_text else ""

    def new_line(self, indent):
        trailing = self.comment()
        self.put((" " + trailing if trailing else "") + self.line_end)
        own = self.comment()
        if own:
            self.put(" " * self.chance.randint(0, indent + 2) + own + self.line_end)
        self.after_block_text = False
        self.put(" " * indent)

    def blank(self, indent, least=0):
        """Within flow style."""
        if self.chance.random() < 0.15:
            comment = self.comment()
            self.put((" " + comment if comment else "") + self.line_end + " " * (indent + 1 + self.chance.randint(0, 3)))
        else:
            self.put(" " * max(least, self.chance.choice([0, 0, 1, 2])))

    # Scalars

    def scalar(self, value, path, indent=0, flow=True):
        if not isinstance(value, str) or isinstance(value, twins.Number):
            text = str(value) if isinstance(value, twins.Number) else json.dumps(value)
        else:
            if self.chance.random() < self.tags:
                self.put("!!str ")
            text = self.quoted(value, indent, flow)
        self.token(text, path, "value")

    def quoted(self, text, indent, flow):
        style = self.chance.choice(self.quotes)
        if style == "plain" and WORDS.fullmatch(text) and text.lower() not in twins.NO_WORDS:
            return text
        if style == "single" and re.fullmatch("[ -~\u00a1-\u1fff\U0001f600]*", text):
            return "'" + text.replace("'", "''") + "'"
        if style == "escaped":
            return '"' + "".join(f"\\U{ord(character):08x}" if self.chance.random() < 0.3 else twins.double_quoted(character)[1:-1] for character in text) + '"'
        if style == "block" and not flow and re.fullmatch(r"[!-~][ -~]*(?:\n[!-~][ -~]*)*", text) and not text.endswith(" "):
            self.after_block_text = True
            inner = self.line_end + " " * (indent + self.chance.randint(1, 4))
            mark = self.chance.choice(["|-", ">-"]) if "\n" not in text else "|-"
            return mark + inner + text.replace("\n", inner)
        if style == "lines" and not flow and WORDS.fullmatch(text) and " " in text:
            at = text.index(" ")
            return '"' + text[:at] + self.line_end + " " * (indent + 1) + text[at + 1:] + '"'
        return twins.double_quoted(text)

    def key(self, name, path):
        """True when it has a `?`."""
        text = self.quoted(name, 0, True)
        marked = len(text) > KEY_CHARACTERS_MAX or self.chance.random() < self.marked_keys
        self.put("? " if marked else "")
        self.token(text, (*path, name), "key")
        return marked

    # Values

    def alias_or_anchor(self, value, path):
        """True when an alias was written. Else an anchor may have been."""
        known = json.dumps(value, default=str)
        if known in self.anchors:
            name, self.aliased[path] = self.anchors[known]
            self.token(f"*{name}", path, "value")
            return True
        if known in self.twice and self.chance.random() < 0.7:
            self.anchors[known] = (f"a{len(self.anchors)}", path)
            self.put(f"&{self.anchors[known][0]} ")
        return False

    def flow(self, value, path, indent):
        if not isinstance(value, (dict, list)):
            self.scalar(value, path)
            return
        begin = self.size
        self.put("{" if isinstance(value, dict) else "[")
        for number, (step, inner) in enumerate(value.items() if isinstance(value, dict) else enumerate(value)):
            self.put("," if number else "")
            self.blank(indent, 1)
            if isinstance(value, dict):
                if self.key(step, path):
                    self.put(" ")
                self.put(":")
                self.blank(indent, 1)
            if not self.alias_or_anchor(inner, (*path, step)):
                self.flow(inner, (*path, step), indent)
            else:
                self.put(" ")
            self.blank(indent)
        self.put("}" if isinstance(value, dict) else "]")
        self.places[path, "value"] = (begin, self.size)

    def is_block(self, value):
        return isinstance(value, (dict, list)) and len(value) > 0 and self.chance.random() >= self.flow_share

    def block(self, value, path, indent):
        """A mapping or sequence whose first line has begun already, at the column of the indentation."""
        begin = self.size
        for number, (step, inner) in enumerate(value.items() if isinstance(value, dict) else enumerate(value)):
            if number:
                self.new_line(indent)
            if isinstance(value, dict):
                if self.key(step, path):
                    self.new_line(indent)
                self.put(":")
                self.member(inner, (*path, step), indent)
            else:
                self.put("-")
                self.element(inner, (*path, step), indent)
        self.places[path, "value"] = (begin, self.last_end(value, path))

    def last_end(self, value, path):
        step = list(value)[-1] if isinstance(value, dict) else len(value) - 1
        return self.places[(*path, step), "value"][1]

    def member(self, value, path, indent):
        self.put(" " * self.chance.choice([1, 1, 1, 3]))
        if self.alias_or_anchor(value, path):
            return
        if self.is_block(value):
            inner = indent + (self.chance.choice([0, 2]) if isinstance(value, list) else self.chance.randint(1, 5))
            self.new_line(inner)
            self.block(value, path, inner)
        else:
            self.inline(value, path, indent)

    def element(self, value, path, indent):
        blanks = self.chance.choice([1, 1, 3])
        self.put(" " * blanks)
        begin = self.size
        if self.alias_or_anchor(value, path):
            return
        if self.is_block(value):
            inner = indent + 1 + blanks
            if self.size != begin or self.chance.random() < 0.2:  # Behind an anchor, a block begins on another line.
                self.new_line(inner)
            self.block(value, path, inner)
        else:
            self.inline(value, path, indent)

    def inline(self, value, path, indent):
        if isinstance(value, (dict, list)):
            self.flow(value, path, indent)
        else:
            self.scalar(value, path, indent, flow=False)


def repeated(value):
    """Values that occur several times, as JSON."""
    seen, twice = set(), set()

    def visit(value):
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            known = json.dumps(inner, default=str)
            (twice if known in seen else seen).add(known)
            visit(inner)

    visit(value)
    return twice


def write_yaml(value, chance):
    writer = YamlWriter(chance, value)
    writer.put(chance.choice(["", "", "", "---" + writer.line_end, "# first" + writer.line_end, "%YAML 1.1" + writer.line_end + "---" + writer.line_end]))
    if writer.is_block(value):
        writer.block(value, (), 0)
    else:
        writer.flow(value, (), 0)
    writer.put(chance.choice(["", writer.line_end, writer.line_end + "# last" + writer.line_end]))
    return writer
