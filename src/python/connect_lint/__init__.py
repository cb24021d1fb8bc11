"""Check Amazon Connect Customer Profiles requests before they are sent.

    >>> import connect_lint
    >>> report = connect_lint.check("PutIntegration", {"DomainName": "sales", "ObjectTypeName": "my object", "Uri": "s3://sales-leads"})
    >>> for finding in report.findings:
    ...     print(finding.path, finding.message)
    $['ObjectTypeName'] `ObjectTypeName` cannot have a blank as character 3

In front of every request that boto3 sends:

    client = boto3.client("customer-profiles")
    connect_lint.guard(client)
    client.put_integration(DomainName="sales", ObjectTypeName="my object")  # raises connect_lint.RequestError

Everything here may be used by any number of threads at once. Nothing is printed, no file is opened but
those of a Linter's options, and no environment variable is read.
"""

from connect_lint._guard import guard
from connect_lint._linter import Linter, check, check_body, check_text, operations, version
from connect_lint._report import Edit, Finding, Fix, Place, Related, Report, RequestError

__all__ = ["Edit", "Finding", "Fix", "Linter", "Place", "Related", "Report", "RequestError", "check", "check_body", "check_text", "guard", "operations", "version"]
__version__ = version()

# What tracebacks and pickles call them.
for _thing in (Edit, Finding, Fix, Linter, Place, Related, Report, RequestError, guard, operations, version):
    _thing.__module__ = __name__
