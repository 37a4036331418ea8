"""One run: the owners' changes, and their events on the way to the tables, in peace or in chaos."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from chaos.figures import Figures
from chaos.plan import Act, Step
from chaos.stage import Event, Stage, differing
from chaos.weather import OUTAGES, Weather

BATCH = 40  # changes between two looks at what goes on
CHANGE_OF_WEATHER = 5  # batches
KILLS = 2  # for each batch
ENDLESS = 600
MOST_ROUNDS = 5


def in_peace(stage: Stage, acts: Sequence[Act]) -> list[dict[str, Any]]:
    """Every event once, in its order, and nothing fails: the tables after each act."""
    tables = []
    for act in acts:
        for steps in batches(act):
            for step in steps:
                for event in stage.do(step):
                    stage.local_aws.event(event)
            stage.local_aws.idle(ENDLESS, left=BATCH)
            stage.local_aws.clear_journal()
        stage.local_aws.idle(ENDLESS)
        tables.append(stage.tables())
    return tables


class Chaos:
    """Twice, late, in any order, while calls fail and processes die. `complaints` tells what was lost."""

    def __init__(
        self,
        stage: Stage,
        seed: int,
        events: int,
        say: Callable[[str], None] = lambda _: None,
        outages: float = OUTAGES,
    ):
        self._stage, self._say, self._events = stage, say, events
        self._dice = random.Random(seed)
        self._told: dict[str, tuple[Event, str]] = {}  # by id: each event, and whose it is
        self._bag: list[Event] = []
        self.weather = Weather(stage.local_aws, self._dice, stage.regions, outages)
        self.figures = Figures()
        self.put: Counter[str] = Counter()
        self.complaints: list[str] = []
        self.dead, self.rounds = 0, 0
        self.loses: str | None = None  # the name of an event of which one is to get lost, to see it noticed

    def play(self, acts: Sequence[Act], expected: Sequence[dict[str, Any]]) -> None:
        """Each act, held against the tables of a run in peace: before a replay and after it."""
        for act, tables in zip(acts, expected):
            self._act(act, is_last=act is acts[-1])
            self._say(f"{self.put.total()} events, {self.figures.seconds:.0f} s: now nothing fails")
            self._account(tables)
        if self.figures.broken:
            self.complaints.append(f"The stand-in itself failed: {self.figures.broken[:3]}")

    def _act(self, act: Act, is_last: bool) -> None:
        local_aws = self._stage.local_aws
        for number, steps in enumerate(batches(act)):
            if number % CHANGE_OF_WEATHER == 0:
                self.weather.change()
            new = sum(map(self._do, steps))
            self._repeat(new * 2 // 3)
            self._put(len(self._bag) * 3 // 4)
            for _ in range(KILLS):
                local_aws.kill(self._dice.randrange(1000))
            self.figures.read(local_aws)
            local_aws.idle(ENDLESS, left=2 * BATCH)
        if is_last:
            self._repeat(self._events - len(self._bag) - self.put.total())
        self._put(len(self._bag))
        local_aws.idle(ENDLESS, left=BATCH // 2)
        self.weather.clear()
        local_aws.idle(ENDLESS)
        self.figures.read(local_aws)

    def _do(self, step: Step) -> int:
        """A change; how many events tell of it."""
        events = self._stage.do(step)
        for event in events:
            self._told[event["id"]] = event, step.owner.name
            if self.loses and event["detail"]["eventName"] == self.loses:
                self.loses = None
            else:
                self._bag.append(event)
        return len(events)

    def _repeat(self, count: int) -> None:
        """EventBridge delivers at least once."""
        put = [self._told[event_id][0] for event_id in self.put] or self._bag
        self._bag += self._dice.choices(put, k=max(0, count)) if put else []

    def _put(self, count: int) -> None:
        """So many of those that wait, in any order; some are thus overtaken by much later ones."""
        self._dice.shuffle(self._bag)
        now, self._bag = self._bag[:count], self._bag[count:]
        for event in now:
            self._stage.local_aws.event(event)
            self.put[event["id"]] += 1

    def _account(self, expected: dict[str, Any]) -> None:
        """Each event is handled or waits; tables of which nothing waits are right; after a replay all are."""
        dead = self._stage.dead_letters()
        self.dead += dead.total()
        for event_id, (event, owner) in self._told.items():
            seen, put = self.figures.handled[event_id] + dead[event_id], max(1, self.put[event_id])
            if seen != put:
                name = event["detail"]["eventName"]
                self.complaints.append(
                    f"{name} of {owner}: {put - seen} of {put} are neither handled nor waiting"
                )
        owners = {self._told[event_id][1] for event_id in dead}
        for owner in differing(expected, self._stage.tables()) - owners:
            self.complaints.append(f"The tables of {owner} are wrong, and nothing of it waits")
        self._replay(dead)
        for owner in differing(expected, self._stage.tables()):
            self.complaints.append(f"The tables of {owner} are wrong after the replay")

    def _replay(self, dead: Counter[str]) -> None:
        for _ in range(MOST_ROUNDS):
            if self._stage.dead_letters():
                self._say(f"{dead.total()} dead letters: replaying")
                self._stage.replay()
                self.rounds += 1
        if self._stage.dead_letters():
            self.complaints.append("The dead-letter queue is not empty after all replays")
        self.figures.read(self._stage.local_aws)
        self.figures.handled += dead


def batches(act: Act) -> list[Act]:
    return [act[first : first + BATCH] for first in range(0, len(act), BATCH)]
