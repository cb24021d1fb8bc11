"""A server on the loopback interface that keeps what arrives, and clients that send to it."""

import functools
import http.server
import threading

import boto3
import botocore.config
import botocore.session

KEYS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}
REGION = "us-east-1"
# These hold a time, or what was made with one.
OF_THE_MOMENT = {"authorization", "x-amz-date", "amz-sdk-invocation-id", "amz-sdk-request"}
ANSWERS = {  # By service, where `{}` would not do.
    "s3": b'<?xml version="1.0"?><ListBucketResult><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>',
    "sts": b"<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = sorted((name.lower(), value) for name, value in self.headers.items() if name.lower() not in OF_THE_MOMENT | {"host"})
        self.server.arrived.append((self.command, self.path, body, tuple(headers)))
        service = self.headers.get("Authorization", "////").split("/")[3]
        answer = self.server.answers.pop(0) if self.server.answers else ANSWERS.get(service, b"{}")
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Connection", "close")  # No sockets are left to clients that are gone.
        self.end_headers()
        self.wfile.write(answer)

    do_DELETE = do_GET = do_POST = do_PUT = answer

    def log_message(self, *_):
        pass


class Loopback(http.server.ThreadingHTTPServer):
    """arrived: (method, path with query, body, headers) of each request. answers: bodies to give next."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.arrived = []
        self.answers = []
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    def taken(self):
        """What arrived since it was last asked for."""
        arrived, self.arrived[:] = list(self.arrived), []
        return arrived

    def close(self):
        self.shutdown()
        self.server_close()

    def options(self):
        return {"region_name": REGION, "endpoint_url": self.url, "config": botocore.config.Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"})}

    def client(self, service="customer-profiles", session=None):
        """A client of boto3; a session of one's own is slow to make."""
        return (session or shared_session()).client(service, **self.options())


def botocore_session():
    session = botocore.session.get_session()
    session.set_credentials(KEYS["aws_access_key_id"], KEYS["aws_secret_access_key"])
    return session


@functools.lru_cache(maxsize=1)
def shared_session():
    return boto3.Session(**KEYS)
