"""What may happen at any time: functions run side by side and die, calls fail by chance, events come late."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from botocore.exceptions import ClientError

from local import until

from .functions import event, function, invoke, messages
from .test_cloudtrail import REGION as ELSEWHERE
from .test_cloudtrail import listen, load_balancer

DONE, HANG = {"do": "nothing"}, event(detail={"do": "hang"})


def start(aws, payload):
    aws.client("lambda").invoke(FunctionName="f", InvocationType="Event", Payload=json.dumps(payload))


def tries(aws):
    return [entry for entry in aws.journal() if entry["operation"] == "AsynchronousInvocation"]


def test_as_many_run_at_once_as_the_settings_allow_each_in_a_process_of_its_own(local_aws):
    function(local_aws, Timeout=600)
    local_aws.settings(function_processes=2)
    start(local_aws, HANG)
    until(local_aws.processes)
    first, second = invoke(local_aws, DONE)[0], invoke(local_aws, DONE)[0]
    assert (second["pid"], second["count"]) == (first["pid"], 2), "a warm process is used again"
    assert len(local_aws.processes()) == 2


def test_a_process_can_be_killed_in_an_invocation_which_is_tried_again(local_aws):
    function(local_aws, Timeout=600)
    assert not local_aws.kill(0), "nothing runs"
    start(local_aws, HANG)
    for attempt in (1, 2, 3):
        until(lambda: local_aws.kill(7))
        until(lambda attempt=attempt: len(tries(local_aws)) == attempt)
    local_aws.idle()
    tried = tries(local_aws)
    assert [entry["params"]["attempt"] for entry in tried] == [1, 2, 3]
    assert all("signal: 9" in entry["error"] for entry in tried)
    assert {entry["params"]["event"] for entry in tried} == {HANG["id"]}


def test_a_reset_does_not_wait_for_the_next_try(local_aws):
    function(local_aws)
    local_aws.settings(retry_seconds=600)
    start(local_aws, {"do": "fail"})
    until(lambda: tries(local_aws))
    local_aws.reset()
    local_aws.idle(timeout=5)


def outcomes(aws, seed):
    """How each of many calls ends where a third is throttled and a third fails otherwise."""
    aws.settings(seed=seed)
    both = {"service": "sqs", "count": None, "share": 1 / 3}
    aws.faults([{**both, "error": "ThrottlingException"}, {**both, "error": "AccessDeniedException"}])
    client, found = aws.client("sqs"), []
    for _ in range(90):
        try:
            client.list_queues()
            found.append("")
        except ClientError as failure:
            found.append(failure.response["Error"]["Code"])
    struck = [fault["struck"] for fault in aws.clear_faults()]
    assert struck == [found.count("ThrottlingException"), found.count("AccessDeniedException")]
    return found


def test_faults_with_shares_strike_so_many_calls_and_the_same_ones_for_the_same_seed(local_aws):
    first = outcomes(local_aws, 1)
    assert all(15 <= count <= 45 for count in Counter(first).values()) and len(set(first)) == 3
    assert outcomes(local_aws, 2) != first
    assert outcomes(local_aws, 1) == first


@pytest.mark.parametrize("share", [0, 1.5, -1])
def test_a_share_that_is_none_is_refused(local_aws, share):
    with pytest.raises(RuntimeError, match="share must be"):
        local_aws.faults([{"share": share}])


def test_held_events_reach_a_bus_only_when_somebody_puts_them_there(local_aws):
    url = listen(local_aws, "aws.elasticloadbalancing", ELSEWHERE)
    local_aws.settings(hold_events=1)
    load_balancer(local_aws)
    assert messages(local_aws, url, ELSEWHERE) == []
    [told] = local_aws.held()
    assert local_aws.held() == []
    local_aws.event(told)
    assert [message["Body"]["id"] for message in messages(local_aws, url, ELSEWHERE)] == [told["id"]]
