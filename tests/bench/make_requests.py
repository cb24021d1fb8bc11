#!/usr/bin/python3
"""Makes the requests that ci/bench measures, the same ones in every run.

    tests/bench/make_requests.py DIRECTORY

    small.json           CreateIntegrationWorkflow, about 1.6 KB, compact
    small-indented.json  the same, indented, about 2.4 KB
    small.yaml           the same as PyYAML writes it, about 2 KB
    2kb/NN.json          100 of CreateIntegrationWorkflow, each of about 2 KB, compact
    medium.json          CreateIntegrationWorkflow with many tasks, about 27 KB, compact
    large.json           CreateIntegrationWorkflow with more than 400,000 tasks, about 50 MB, compact
    many/NNNN.json       1,000 files of CreateIntegrationWorkflow and PutIntegration, compact and indented
    many-create/NNNN.json  1,000 files of CreateIntegrationWorkflow, for validators that take one schema a run

All of them are right, beyond their shape too: connect-lint has nothing to say about any.
"""

import argparse
import datetime
import json
import pathlib
import random

import yaml

SEED = 20211015
FILES = 1000
TWO_KILOBYTES = range(1950, 2051)
TWO_KILOBYTES_FILES = 100
LARGE_BYTES = 50_000_000
MEDIUM_BYTES = 27_000

REGIONS = ["us-east-1", "us-west-2", "eu-central-1", "eu-west-2", "ap-southeast-2", "ap-northeast-1", "ca-central-1"]
TEAMS = ["sales", "service", "marketing", "loyalty", "claims", "billing", "orders", "returns", "clinic", "travel"]
STAGES = ["prod", "test", "staging"]
TIME_ZONES = ["America/New_York", "Europe/Berlin", "Asia/Tokyo", "UTC", "Australia/Sydney", "Europe/London"]
FIELDS = [
    "Id", "FirstName", "LastName", "Email", "Phone", "MobilePhone", "HomePhone", "Birthdate", "Title", "Department", "LeadSource",
    "MailingStreet", "MailingCity", "MailingState", "MailingPostalCode", "MailingCountry", "OwnerId", "AccountId", "Salutation",
    "Language__c", "Loyalty_Level__c", "Consent_Date__c", "CreatedDate", "SystemModstamp", "AnnualRevenue", "NumberOfEmployees",
]
CREATE = ["Salesforce", "Servicenow", "Marketo"]  # What CreateIntegrationWorkflow is documented for.
PUT = ["Salesforce", "Servicenow", "Marketo", "Zendesk", "S3"]
OBJECTS = {
    "Salesforce": ["Account", "Contact", "Lead", "Case", "Asset__c"],
    "Servicenow": ["incident", "sys_user", "change_request"],
    "Marketo": ["leads", "activities"],
    "Zendesk": ["tickets", "users"],
}
CHANGED = {"Salesforce": "SystemModstamp", "Servicenow": "sys_updated_on", "Marketo": "updatedAt", "Zendesk": "updated_at"}


def member_of(connector):
    """The spelling of a connector as a member's name."""
    return "ServiceNow" if connector == "Servicenow" else connector


def hexadecimal(rng, digits):
    return "".join(rng.choice("0123456789abcdef") for _ in range(digits))


def time(rng, seconds):
    """An instant as a text or a number."""
    if rng.random() < 0.4:
        return seconds
    instant = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return instant.strftime("%Y-%m-%dT%H:%M:%S") + rng.choice(["Z", "+00:00", "Z"])


class Owner:
    """Whom a request belongs to: its ARNs are of one region and account."""

    def __init__(self, rng):
        self.region = rng.choice(REGIONS)
        self.account = str(rng.randrange(200_000_000_000, 900_000_000_000))
        self.team = rng.choice(TEAMS)
        self.stage = rng.choice(STAGES)
        key = [hexadecimal(rng, n) for n in (8, 4, 4, 4, 12)]
        self.key_arn = f"arn:aws:kms:{self.region}:{self.account}:key/{'-'.join(key)}"
        self.role_arn = f"arn:aws:iam::{self.account}:role/service-role/customer-profiles-{self.team}-{self.stage}"

    def tags(self, rng):
        tags = {"team": self.team, "stage": self.stage, "cost-center": f"CC-{rng.randrange(1000, 9999)}", "owner": f"{self.team}@acme.test"}
        return dict(list(tags.items())[: rng.randrange(1, 5)])


def task(connector, kind, operator, fields, destination=None, properties=None):
    made = {"ConnectorOperator": {member_of(connector): operator}}
    if destination is not None:
        made["DestinationField"] = destination
    made["SourceFields"] = fields
    if properties is not None:
        made["TaskProperties"] = properties
    made["TaskType"] = kind
    return made


def map_task(connector, field):
    properties = {"SOURCE_DATA_TYPE": "string", "DESTINATION_DATA_TYPE": "string"}
    return task(connector, "Map", "NO_OP", [field], field.lower(), properties)


# Each gives the tasks of one wish: what a flow does with a field, or two.
def just_map(connector, a, _):
    return [map_task(connector, a)]


def map_bare(connector, a, _):
    return [task(connector, "Map", "NO_OP", [a], a, {})]


def mask(connector, a, _):
    properties = {"MASK_VALUE": "*", "MASK_LENGTH": "4"}
    return [task(connector, "Mask", "MASK_FIRST_N", [a], properties=properties), map_task(connector, a)]


def truncate(connector, a, _):
    return [task(connector, "Truncate", "NO_OP", [a], properties={"TRUNCATE_LENGTH": "255"}), map_task(connector, a)]


def validate(connector, a, _):
    properties = {"VALIDATION_ACTION": "DropRecord"}
    return [task(connector, "Validate", "VALIDATE_NON_NULL", [a], properties=properties), map_task(connector, a)]


def merge(connector, a, b):
    both = f"{a},{b}"
    return [
        task(connector, "Merge", "NO_OP", [a, b], both, {"CONCAT_FORMAT": "${%s} ${%s}" % (a, b)}),
        task(connector, "Map", "NO_OP", [both], f"{a}_{b}", {}),
    ]


def add(connector, a, b):
    both = f"{a},{b}"
    return [
        task(connector, "Arithmetic", "ADDITION", [a, b], both, {"MATH_OPERATION_FIELDS_ORDER": both}),
        task(connector, "Map", "NO_OP", [both], f"{a}_{b}_total", {}),
    ]


def only_newer(connector, a, _):
    properties = {"DATA_TYPE": "datetime", "VALUE": "1609459200000"}
    return [task(connector, "Filter", "GREATER_THAN", [a], properties=properties), map_task(connector, a)]


WISHES = [just_map, just_map, map_bare, mask, truncate, validate, merge, add]


def tasks(rng, connector, fields, first_wishes=()):
    """The projection and what is done with each of the fields."""
    made = [task(connector, "Filter", "PROJECTION", list(fields))]
    wishes = list(first_wishes)
    for index, field in enumerate(fields):
        wish = wishes[index] if index < len(wishes) else rng.choice(WISHES)
        made += wish(connector, field, fields[(index + 1) % len(fields)])
    return made


def source(rng, connector, owner, incremental):
    config = {}
    if connector == "S3":
        properties = {"BucketName": f"{owner.team}-profiles-{owner.stage}", "BucketPrefix": f"exports/{rng.randrange(2019, 2026)}"}
    else:
        config["ConnectorProfileName"] = f"{connector.lower()}-{owner.team}-{owner.stage}"
        properties = {"Object": rng.choice(OBJECTS[connector])}
    if connector == "Salesforce":
        properties |= {"EnableDynamicFieldUpdate": False, "IncludeDeletedRecords": rng.random() < 0.5}
    config["ConnectorType"] = connector
    if incremental and connector != "S3":
        config["IncrementalPullConfig"] = {"DatetimeTypeFieldName": CHANGED[connector]}
    config["SourceConnectorProperties"] = {member_of(connector): properties}
    return config


def schedule(rng, connector, incremental):
    start = 1_700_000_000 + rng.randrange(0, 60_000_000)
    expressions = ["rate(1hours)", "rate(1days)"]
    if connector != "Marketo":  # Which takes no more than one run an hour.
        expressions += ["rate(15minutes)"]
    scheduled = {
        "ScheduleExpression": rng.choice(expressions),
        "DataPullMode": "Incremental" if incremental else "Complete",
        "ScheduleStartTime": time(rng, start),
        "ScheduleEndTime": time(rng, start + rng.randrange(30, 700) * 86_400),
        "Timezone": rng.choice(TIME_ZONES),
    }
    if incremental:
        scheduled |= {"ScheduleOffset": rng.randrange(0, 3600), "FirstExecutionFrom": time(rng, start - rng.randrange(1, 50) * 86_400)}
    return scheduled


def flow(rng, connector, owner, kinds, fields, first_wishes=()):
    kind = rng.choice(kinds)
    incremental = kind == "Scheduled" and rng.random() < 0.7
    trigger = {"TriggerType": kind}
    if kind == "Scheduled":
        trigger["TriggerProperties"] = {"Scheduled": schedule(rng, connector, incremental)}
    return {
        "Description": f"Brings the records of {connector} to the profiles of {owner.team}, {owner.stage}.",
        "FlowName": f"{owner.team}-{connector.lower()}-{owner.stage}-{rng.randrange(10_000, 99_999)}",
        "KmsArn": owner.key_arn,
        "SourceFlowConfig": source(rng, connector, owner, incremental),
        "Tasks": tasks(rng, connector, fields, first_wishes),
        "TriggerConfig": trigger,
    }


def batches(rng, count):
    """Neighbours of two months at most, which is what the service itself makes."""
    begin = 1_500_000_000 + rng.randrange(0, 100_000_000)
    made = []
    for _ in range(count):
        end = begin + rng.randrange(20, 60) * 86_400
        made.append({"StartTime": time(rng, begin), "EndTime": time(rng, end)})
        begin = end
    return made


def create(rng, connector, fields, batch_count, first_wishes=(), kinds=("Scheduled",)):
    owner = Owner(rng)
    return {
        "DomainName": f"{owner.team}-{owner.stage}",
        "WorkflowType": "APPFLOW_INTEGRATION",
        "IntegrationConfig": {
            "AppflowIntegration": {
                "FlowDefinition": flow(rng, connector, owner, kinds, fields, first_wishes),
                "Batches": batches(rng, batch_count),
            }
        },
        "ObjectTypeName": f"{owner.team}_{rng.choice(['contact', 'account', 'ticket'])}",
        "RoleArn": owner.role_arn,
        "Tags": owner.tags(rng),
    }


def put_flow(rng, connector, fields):
    owner = Owner(rng)
    kinds = ["Scheduled", "OnDemand"]
    return {
        "DomainName": f"{owner.team}-{owner.stage}",
        "ObjectTypeName": f"{owner.team}_{rng.choice(['contact', 'account', 'ticket'])}",
        "FlowDefinition": flow(rng, connector, owner, kinds, fields),
        "Tags": owner.tags(rng),
    }


def put_on_event(rng, fields):
    """A flow that runs when Salesforce says that a record changed."""
    request = put_flow(rng, "Salesforce", fields)
    config = request["FlowDefinition"]["SourceFlowConfig"]
    config.pop("IncrementalPullConfig", None)
    config["SourceConnectorProperties"]["Salesforce"]["Object"] = "AccountChangeEvent"
    request["FlowDefinition"]["TriggerConfig"] = {"TriggerType": "Event"}
    return request


def put_instance(rng):
    owner = Owner(rng)
    instance = "-".join(hexadecimal(rng, n) for n in (8, 4, 4, 4, 12))
    return {
        "DomainName": f"amazon-connect-{owner.team}-{owner.stage}",
        "Uri": f"arn:aws:connect:{owner.region}:{owner.account}:instance/{instance}",
        "ObjectTypeName": "CTR",
        "Tags": owner.tags(rng),
    }


def put_events(rng):
    owner = Owner(rng)
    return {
        "DomainName": f"{owner.team}-{owner.stage}",
        "Uri": f"arn:aws:app-integrations:{owner.region}:{owner.account}:event-integration/{owner.team}-{owner.stage}",
        "ObjectTypeNames": {"SegmentIdentify": "Segment-Identify", "ShopifyCreateCustomers": "Shopify-CreateCustomers"},
        "Tags": owner.tags(rng),
    }


def some_fields(rng, count):
    return rng.sample(FIELDS, count)


def small_create(rng):
    return create(rng, rng.choice(CREATE), some_fields(rng, 3), 2)


def small_put(rng, index):
    kind = index % 7
    if kind < len(PUT):
        return put_flow(rng, PUT[kind], some_fields(rng, 4))
    if kind == len(PUT):
        return put_on_event(rng, some_fields(rng, 4))
    return rng.choice([put_instance, put_events])(rng)


def compact(value):
    return json.dumps(value, separators=(",", ":"))


def write(path, text):
    path.write_text(text + "\n", encoding="utf-8")


def write_small(directory):
    rng = random.Random(SEED)
    request = create(rng, "Salesforce", ["LastName", "Email"], 1, [just_map, mask])
    write(directory / "small.json", compact(request))
    write(directory / "small-indented.json", json.dumps(request, indent=1))
    (directory / "small.yaml").write_text(yaml.safe_dump(request, sort_keys=False), encoding="utf-8")


def write_two_kilobytes(directory):
    """Whatever comes, as long as it has the size."""
    rng = random.Random(SEED + 4)
    (directory / "2kb").mkdir(exist_ok=True)
    written = 0
    while written < TWO_KILOBYTES_FILES:
        text = compact(small_create(rng))
        if len(text) in TWO_KILOBYTES:
            write(directory / "2kb" / f"{written:02}.json", text)
            written += 1


def write_medium(directory):
    count = 1
    while True:
        # Salesforce's custom fields, which large organisations have hundreds of.
        fields = FIELDS + [f"Custom_Field_{index}__c" for index in range(count)]
        text = compact(create(random.Random(SEED + 1), "Salesforce", fields, 12))
        if len(text) >= MEDIUM_BYTES:
            break
        count += 1
    write(directory / "medium.json", text)


def write_large(directory):
    """Written block by block: as one value in Python it would take a gigabyte."""
    rng = random.Random(SEED + 2)
    fields = [f"field_{index}" for index in range(1000)]
    request = create(rng, "Salesforce", fields, 24)
    flow_definition = request["IntegrationConfig"]["AppflowIntegration"]["FlowDefinition"]
    flow_definition["Tasks"] = flow_definition["Tasks"][:1]
    head, foot = compact(request).split('}],"TriggerConfig"')
    maps = [
        compact({"TaskType": "Map", "SourceFields": [field], "DestinationField": f"d{index}", "ConnectorOperator": {"Salesforce": "NO_OP"}})
        for index, field in enumerate(fields)
    ]
    block = "," + ",".join(maps)
    with (directory / "large.json").open("w", encoding="utf-8") as out:
        written = out.write(head + "}")
        while written + len(block) < LARGE_BYTES:
            written += out.write(block)
        out.write('],"TriggerConfig"' + foot + "\n")


def write_many(directory):
    rng = random.Random(SEED + 3)
    for name in ("many", "many-create"):
        (directory / name).mkdir(exist_ok=True)
    for index in range(FILES):
        mixed = small_create(rng) if index % 2 else small_put(rng, index // 2)
        text = json.dumps(mixed, indent=2) if index % 3 == 0 else compact(mixed)
        write(directory / "many" / f"{index:04}.json", text)
        write(directory / "many-create" / f"{index:04}.json", compact(small_create(rng)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", metavar="DIRECTORY", type=pathlib.Path, help="is made where it is missing; files in it are overwritten")
    directory = parser.parse_args().directory
    directory.mkdir(parents=True, exist_ok=True)
    write_small(directory)
    write_two_kilobytes(directory)
    write_medium(directory)
    write_large(directory)
    write_many(directory)


if __name__ == "__main__":
    main()
