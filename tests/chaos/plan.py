"""What the owners of many resources do: the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from chaos.owners import KINDS, MADE_ON, NEVER_DELETED, TRAILS_OF_A_REGION

FATES = ("on", "on", "off", "deleted")


@dataclass(frozen=True)
class Owner:
    """Whose resource it is: a kind, a region and a name of its own."""

    kind: str
    region: str
    name: str


@dataclass(frozen=True)
class Step:
    """One change: make, to (a bucket), off, delete."""

    owner: Owner
    verb: str
    bucket: str = ""


Act = list[Step]


def plan(seed: int, regions: Sequence[str], owners: int, steps: int) -> list[Act]:
    """Two acts. The first ends with every log on; the second with some elsewhere, off, or deleted.

    A table shows where its log went when it was last seen on. What is turned off in the second act thus goes
    where it went at the end of the first, or the tables would tell which events were handled late.
    """
    dice = random.Random(seed)
    each = max(1, (steps // owners - 4) // 2)
    first, second = [], []
    for owner in named(regions, owners):
        turns = 0 if owner.kind in MADE_ON else dice.randint(each // 2, each + each // 2)
        begun = [Step(owner, "make"), *wandering(dice, owner, turns)]
        first.append(begun)
        second.append(fated(dice, owner, begun[-1].bucket, turns))
    return [shuffled_together(dice, first), shuffled_together(dice, second)]


def named(regions: Sequence[str], owners: int) -> list[Owner]:
    """All kinds in all regions, in turns."""
    return list(islice(_all(regions, owners), owners))


def _all(regions: Sequence[str], owners: int) -> Iterator[Owner]:
    for number in range(owners):
        for kind in KINDS:
            for region in regions:
                if not (kind == "trail" and number >= TRAILS_OF_A_REGION):
                    yield Owner(kind, region, f"{kind}-{region}-{number}")


def wandering(dice: random.Random, owner: Owner, turns: int) -> Act:
    """Here and there, on and off, and on in the end."""
    steps, on = [], False
    for _ in range(turns):
        turned_off = on and dice.random() < 0.3
        steps.append(Step(owner, "off") if turned_off else _to(dice, owner))
        on = not turned_off
        if owner.kind == "resolver" and on:
            steps.append(Step(owner, "off"))
            on = False
    return [*steps, _to(dice, owner)]


def fated(dice: random.Random, owner: Owner, bucket: str, turns: int) -> Act:
    """From being on to how it ends."""
    fate = dice.choice(FATES)
    if owner.kind in MADE_ON:
        return [Step(owner, "delete")] if fate == "deleted" else []
    if fate == "on" and owner.kind != "resolver":
        return wandering(dice, owner, turns)
    again = [Step(owner, "off"), Step(owner, "to", bucket)] * (turns // 2)
    if fate == "on":
        return again
    deleted = fate == "deleted" and owner.kind not in NEVER_DELETED
    return [*again, Step(owner, "off"), *([Step(owner, "delete")] if deleted else [])]


def shuffled_together(dice: random.Random, those: list[Act]) -> Act:
    """All at the same time, each in its own order."""
    turns = [index for index, steps in enumerate(those) for _ in steps]
    dice.shuffle(turns)
    rest = [iter(steps) for steps in those]
    return [next(rest[index]) for index in turns]


def _to(dice: random.Random, owner: Owner) -> Step:
    return Step(owner, "to", f"aws-waf-logs-{owner.name}-{dice.randrange(3)}")
