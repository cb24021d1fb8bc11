"""Check Amazon Connect Customer Profiles requests before they are sent.

    import connect_lint

    report = connect_lint.check("PutIntegration", {"DomainName": "sales"})
    for finding in report.findings:
        print(finding.path, finding.message)

In front of every request that boto3 sends:

    client = boto3.client("customer-profiles")
    connect_lint.guard(client)
    client.put_integration(DomainName="sales")  # raises connect_lint.RequestError

Everything here may be used by any number of threads at once. Nothing is printed, no file is opened but
those of a Linter's options, and no environment variable is read.
"""

from connect_lint._guard import guard
from connect_lint._linter import Linter, check, check_body, check_text, operations, version
from connect_lint._report import Edit, Finding, Fix, Place, Related, Report, RequestError

__all__ = ["Edit", "Finding", "Fix", "Linter", "Place", "Related", "Report", "RequestError", "check", "check_body", "check_text", "guard", "operations", "version"]
__version__ = version()
