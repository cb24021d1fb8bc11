"""known_differences.json: where others are right in their way, and we in ours.

An entry has a name, a reason, the oracles that differ, and what of us or of them it is about:

    finding               a finding of ours that the oracles do not share; `bytes`: only where the marked bytes look like this
    within                a finding of ours in the value of a member that has this finding
    complaint, finding    complaints of theirs, where we have one of these findings instead; `where`: at the same value or key ("same"), at a member
                          of the object ("member"), at the object around the key ("object"), at another member of that object
                          ("beside"), at the whole request ("whole")
    complaint, members    complaints of theirs about members of these names, or about what is in them
                          of both: only where the value or key looks like `bytes`
    bytes                 a text like this, which we take and they refuse

`verdict`: what they say instead of "valid" (of a finding) or "invalid". An `example` shows the difference, whatever the seed.
"""

import json
import pathlib
import re

import oracles

HERE = pathlib.Path(__file__).resolve().parent


def value_at(value, pointer):
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def text_at(request, complaint):
    """What a complaint is about, as JSON."""
    value = value_at(request, complaint.pointer)
    if complaint.mark == "key":
        value = complaint.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
    return json.dumps(value, ensure_ascii=False)


def is_where(where, pointer, mark, found):
    """Whether a finding is there, seen from a complaint."""
    if where == "whole":
        return found["pointer"] == ""
    if where == "beside":
        return found["pointer"] != pointer and found["pointer"].rpartition("/")[0] == pointer.rpartition("/")[0]
    if where == "object":
        return mark == "key" and found["pointer"] == pointer.rpartition("/")[0]
    if where == "member":
        return found["pointer"].rpartition("/")[0] == pointer and found["pointer"] != pointer
    return (found["pointer"], found["mark"]) == (pointer, mark)


class Differences:
    def __init__(self):
        self.entries = json.loads((HERE / "known_differences.json").read_text(encoding="utf-8"))
        self.met = {entry["name"]: 0 for entry in self.entries}

    def meet(self, entry):
        self.met[entry["name"]] += 1
        return True

    def of_finding(self, oracle, text, found, verdict="valid", findings=()):
        """Whether it is known that this oracle does not share a finding, one of `findings`."""
        part = text.encode("utf-8")[found["span"]["begin"]:found["span"]["end"]].decode("utf-8", "replace")
        for entry in self.entries:
            if oracle in entry["oracles"] and "complaint" not in entry and entry.get("finding") == found["id"] and entry.get("verdict", "valid") == verdict:
                if re.search(entry.get("bytes", ""), part):
                    return self.meet(entry)
            elif oracle in entry["oracles"] and "within" in entry:
                if is_within(found["pointer"], entry["within"], [one for one in findings if one is not found]):
                    return self.meet(entry)
        return False

    def of_text(self, oracle, text, verdict="invalid"):
        """Whether it is known that this oracle refuses a text that we take."""
        for entry in self.entries:
            if oracle in entry["oracles"] and not {"finding", "complaint", "within"} & set(entry) and entry.get("verdict", "invalid") == verdict:
                if re.search(entry["bytes"], text):
                    return self.meet(entry)
        return False

    def of_complaint(self, oracle, request, complaint, findings):
        """Whether it is known that we do not share a complaint."""
        for entry in self.entries:
            if oracle not in entry["oracles"] or complaint.kind not in entry.get("complaint", ()):
                continue
            if "finding" in entry and not any(found["id"] in entry["finding"] and is_where(entry["where"], complaint.pointer, complaint.mark, found)
                                              for found in findings):
                continue
            if "members" in entry and not set(entry["members"]) & set(complaint.pointer.split("/")):
                continue
            if "bytes" in entry and not re.search(entry["bytes"], text_at(request, complaint)):
                continue
            return self.meet(entry)
        return False


def shared(complaint, found):
    """Whether a finding says what a complaint says."""
    return ((found["pointer"], found["mark"]) == (complaint.pointer, complaint.mark) and found["id"] in oracles.IDS[complaint.kind]
            and (complaint.kind != "required" or f"`{complaint.name}`" in found["message"]))


def is_within(pointer, finding, findings):
    return any((pointer + "/").startswith(found["pointer"] + "/") for found in findings if found["id"] == finding)


def is_twice(pointer, findings):
    """Whether a value is one of those of a key that is there twice, or within: others see the last one only."""
    return is_within(pointer, "document/duplicate-key", findings)
