#!/usr/bin/python3
"""Makes the many files and lines that ci/bench measures, the same ones in every run.

    tests/bench/make_many.py DIRECTORY

    files/NN/NNNNN.json  20,000 small files of CreateIntegrationWorkflow, compact
    lines.jsonl          100,000 requests of CreateIntegrationWorkflow, one a line, about 160 MB
    foreign/NN/...       10,000 JSON and YAML files of a repository that has nothing to do with Customer Profiles

connect-lint has nothing to say about any of them.
"""

import argparse
import json
import pathlib
import random

from make_requests import compact, small_create, write

SEED = 20220301
FILES = 20_000
LINES = 100_000
LINES_DIFFERENT = 5_000
FOREIGN = 10_000
FOLDERS = 100

WORDS = """account alert application archive backup binding bucket build cache channel client cluster command component config console container content
controller counter credential customer data database default deploy description device document editor element endpoint engine event export feature field
filter folder format frame function gateway group handler header history identity image import index input instance interface invoice item journal kernel
label language layer layout library license limit link list locale logger machine manager manifest mapping market member memory menu message method metric
mirror mobile model module monitor network node object offer option order output owner package page panel parser partner password patch payment permission
picture pipeline platform player plugin policy pool portal prefix preview price printer priority process product profile project property provider proxy
public query queue quota range rate reader record region registry release report request resource response result review role route rule runtime sample
scanner schedule schema scope script search secret section security selector sensor series server service session setting shadow signal snapshot socket
source stage status storage stream string style subject summary support switch symbol system table target task template tenant terminal test text theme
thread ticket timer token tool topic trace track traffic transfer trigger type unit update upload user utility value variable vendor version video view
volume watcher web widget window worker workflow workspace writer zone""".split()


def words(rng, count):
    return " ".join(rng.choice(WORDS) for _ in range(count))


def name(rng):
    return "-".join(rng.choice(WORDS) for _ in range(rng.randrange(1, 3)))


def package(rng):
    return {
        "name": name(rng), "version": f"{rng.randrange(9)}.{rng.randrange(20)}.0", "description": words(rng, 8), "license": "MIT",
        "scripts": {rng.choice(WORDS): f"node scripts/{name(rng)}.js" for _ in range(5)},
        "dependencies": {name(rng): f"^{rng.randrange(9)}.{rng.randrange(20)}.{rng.randrange(9)}" for _ in range(rng.randrange(5, 30))},
    }


def translations(rng):
    return {f"{rng.choice(WORDS)}.{rng.choice(WORDS)}": words(rng, rng.randrange(2, 12)) for _ in range(rng.randrange(10, 80))}


def shapes(rng):
    point = lambda: [round(rng.uniform(-180, 180), 6), round(rng.uniform(-90, 90), 6)]
    features = [
        {"type": "Feature", "properties": {"name": name(rng)}, "geometry": {"type": "LineString", "coordinates": [point() for _ in range(12)]}}
        for _ in range(rng.randrange(2, 20))
    ]
    return {"type": "FeatureCollection", "features": features}


def policy(rng):
    statement = lambda: {"Effect": "Allow", "Action": [f"s3:{rng.choice(WORDS).title()}Object"], "Resource": f"arn:aws:s3:::{name(rng)}/*"}
    return {"Version": "2012-10-17", "Statement": [statement() for _ in range(rng.randrange(1, 8))]}


def rows(rng):
    return [{"id": index, "name": words(rng, 2), "price": rng.randrange(10_000) / 100, "tags": [rng.choice(WORDS)]} for index in range(rng.randrange(5, 60))]


def yaml_text(value, indent=0):
    """Block style, the way people write it."""
    blanks = "  " * indent
    if isinstance(value, dict):
        return "".join(f"{blanks}{key}:{yaml_value(one, indent)}" for key, one in value.items())
    return "".join(f"{blanks}-{yaml_value(one, indent)}" for one in value)


def yaml_value(value, indent):
    if isinstance(value, (dict, list)) and value:
        return "\n" + yaml_text(value, indent + 1)
    return f" {json.dumps(value)}\n"


def deployment(rng):
    container = lambda: {
        "name": name(rng), "image": f"registry.example.org/{name(rng)}:{rng.randrange(99)}",
        "env": [{"name": rng.choice(WORDS).upper(), "value": words(rng, 2)} for _ in range(rng.randrange(1, 12))],
        "resources": {"limits": {"cpu": "500m", "memory": "256Mi"}},
    }
    labels = {"app": name(rng), "tier": rng.choice(WORDS)}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name(rng), "labels": labels},
            "spec": {"replicas": rng.randrange(9), "template": {"metadata": {"labels": labels}, "spec": {"containers": [container() for _ in range(rng.randrange(1, 5))]}}}}


def pipeline(rng):
    steps = lambda: [{"name": words(rng, 3), "run": f"make {rng.choice(WORDS)}"} for _ in range(rng.randrange(2, 10))]
    return {"name": words(rng, 2), "on": {"push": {"branches": ["main"]}},
            "jobs": {name(rng): {"runs-on": "ubuntu-latest", "steps": steps()} for _ in range(rng.randrange(1, 5))}}


def write_files(directory):
    rng = random.Random(SEED)
    for index in range(FILES):
        path = directory / "files" / f"{index % FOLDERS:02}" / f"{index:05}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, compact(small_create(rng)))


def write_lines(directory):
    rng = random.Random(SEED + 1)
    different = [compact(small_create(rng)) + "\n" for _ in range(LINES_DIFFERENT)]
    with (directory / "lines.jsonl").open("w", encoding="utf-8") as out:
        for _ in range(LINES // LINES_DIFFERENT):
            out.writelines(different)


def write_foreign(directory):
    rng = random.Random(SEED + 2)
    for index in range(FOREIGN):
        folder = directory / "foreign" / f"{index % FOLDERS:02}"
        folder.mkdir(parents=True, exist_ok=True)
        if index % 5 < 3:
            text = json.dumps(rng.choice([package, translations, shapes, policy, rows])(rng), indent=rng.choice([None, 2, 4]))
            write(folder / f"{index:05}.json", text)
        else:
            write(folder / f"{index:05}.{rng.choice(['yaml', 'yml'])}", yaml_text(rng.choice([deployment, pipeline, translations])(rng)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", metavar="DIRECTORY", type=pathlib.Path, help="is made where it is missing; files in it are overwritten")
    directory = parser.parse_args().directory
    directory.mkdir(parents=True, exist_ok=True)
    write_files(directory)
    write_lines(directory)
    write_foreign(directory)


if __name__ == "__main__":
    main()
