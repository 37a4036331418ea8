"""What is sent to the function: an event about a network load balancer, which has one log."""

from __future__ import annotations

import json
from typing import Any

from terraform import ROOT

EVENT: dict[str, Any] = json.loads((ROOT / "catalog/samples/events/nlb_modify.json").read_text())
REGION: str = EVENT["region"]
# A call that has nothing to do with logs; the hub's rules keep most such events away.
OTHERS = {**EVENT, "detail": {**EVENT["detail"], "eventName": "RegisterTargets"}}
