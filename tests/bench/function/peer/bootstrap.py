"""The least that can run a handler under the Lambda Runtime API: a loop over one connection.

Lambda's own client for Python does more, and takes longer to import: this is in the peer's favour.
"""

from __future__ import annotations

import json
import os
from http.client import HTTPConnection

from handler import handle

PREFIX = "/2018-06-01/runtime/invocation/"


def main() -> None:
    api = HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    while True:
        api.request("GET", PREFIX + "next")
        answer = api.getresponse()
        event = json.load(answer)
        request_id = answer.headers["Lambda-Runtime-Aws-Request-Id"]
        api.request("POST", f"{PREFIX}{request_id}/response", json.dumps(handle(event)))
        api.getresponse().read()


if __name__ == "__main__":
    main()
