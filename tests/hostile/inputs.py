"""Hostile inputs of any size: what is in the files, how the program is called, and what it has to say.

Each is a row: a function of a size, sizes for `ci/test` and for `ci/trust hostile`, and the answer. INPUTS has them all.
"""

import collections

# make: of a size, the text of the file, or files by name. answer: words of the message, None where all is right. findings: how many, or a function of
# the size. small, full: sizes. name: of the file. arguments: of `check`, in front of the name. code: the exit code. memory: bytes for each byte of
# input, at most, above those of a start. command: instead of `check`, a whole one. output: bytes printed for each byte of input, at most, where there
# may be more than a mebibyte; of a command without, what is printed is more than in line with the input by its nature. work: nodes that a query may visit, where it is that bound that holds, and nothing grows in line.
Input = collections.namedtuple(
    "Input", "make answer findings small full name arguments code memory command output work", defaults=(1, 16 << 10, 10_000_000, "a.json", (), None, None, None, None, None))

MEGABYTE = 1 << 20
PUT = ("--operation", "PutIntegration")
START = '{"DomainName":"sales","ObjectTypeName":"Account",'
HEAD = START + '"Uri":"s3://sales-exports"'
FLOW = START + (
    '"FlowDefinition":{"FlowName":"accounts","KmsArn":"arn:aws:kms:us-east-1:210987654321:key/8f3c2a1e-5b7d-4e90-a6c4-d1b2e3f40516",'
    '"SourceFlowConfig":{"ConnectorType":"S3","SourceConnectorProperties":{"S3":{"BucketName":"sales-exports"}}},'
    '"TriggerConfig":{"TriggerType":"OnDemand"},"Tasks":[')
FLOW_END = "]}}"
YAML = "DomainName: sales\nObjectTypeName: Account\n"
YAML_HEAD = YAML + "Uri: s3://sales-exports\n"
TEMPLATE = """Parameters:
  P: {Type: String, Default: sales}
Resources:
  R:
    Type: AWS::CustomerProfiles::Integration
    Properties: {DomainName: NAME, ObjectTypeName: Account, Uri: s3://sales-exports}
"""
LINE = HEAD + "}\n"
RULE = """summary: no sales
severity: error
certainty: convention
on: PutIntegrationRequest
find: FIND
message: "`{@}` begins with s"
why: because
source: us
examples:
  - passes: {DomainName: x}
  - fails: {DomainName: s}
    reports: [/DomainName]
"""


def json_with(text, end="}"):
    return HEAD + "," + text + end


def joined(form, count, between=","):
    if "#" not in form:
        return between.join([form] * count)
    return between.join(form.replace("#", str(number)) for number in range(count))


def numbered(form, count):
    return joined(form, count, "")


def map_task(number, more=""):
    return '{"TaskType":"Map","SourceFields":["f%d"],"DestinationField":"f%d","ConnectorOperator":{"S3":"NO_OP"}%s}' % (number, number, more)


def flow(count, task=map_task):
    fields = joined('"f#"', count)
    first = '{"TaskType":"Filter","SourceFields":[' + fields + '],"ConnectorOperator":{"S3":"PROJECTION"}}'
    return FLOW + ",".join([first, *(task(number) for number in range(count))]) + FLOW_END


def laughs(levels, width=9):
    """Aliases of aliases: a few lines that stand for `width` to the power of `levels` values."""
    return "a0: &a0 [" + ",".join("x" * width) + "]\n" + "".join(f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * width)}]\n" for level in range(1, levels))


def rule(query, text):
    return {"rules/mine/sales.yaml": RULE.replace("FIND", query), "a.json": text}


def config(text):
    return {"c.yaml": text, "a.json": LINE}
