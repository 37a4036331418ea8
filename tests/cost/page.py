"""Writes the tables of docs/guides/cost.md; `make generate` runs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cost import calls, prices
from cost.calls import Calls
from cost.month import SIZES, Installation, bill, calls_of, further_trail, runs_of
from module_pages import with_table

GUIDE = Path(__file__).resolve().parents[2] / "docs/guides/cost.md"


def main() -> None:
    GUIDE.write_text(page())


def page() -> str:
    """The guide with its tables as they have to be."""
    text = with_table(GUIDE.read_text(), "What a month costs", month())
    text = with_table(text, "What an event costs", events())
    text = with_table(text, "What a sweep costs", sweeps())
    return with_table(text, "Prices", price_list())


def month() -> list[str]:
    bills = {size: bill(size) for size in SIZES}
    return [
        *head("", *(size.name for size in SIZES)),
        line("Source regions", lambda size: f"{size.regions:,}"),
        line("Accounts", lambda size: f"{size.accounts:,}"),
        line("Resources with logs", lambda size: f"{size.resources:,}"),
        line("Resources without", lambda size: f"{size.others:,}"),
        line("Events a day", lambda size: f"{size.events_a_day:,}"),
        line("Runs of the function a month", lambda size: f"{runs_of(size):,}"),
        line("Its calls to AWS a month", lambda size: f"{calls_of(size).all:,}"),
        *(
            line(price.what, lambda size, price=price: dollars(bills[size][price]))
            for price in bills[SIZES[0]]
        ),
        line("**Together**", lambda size: f"**{dollars(sum(bills[size].values()))}**"),
        line("Each further trail", lambda size: dollars(further_trail(size))),
    ]


def line(name: str, figure: Callable[[Installation], str]) -> str:
    return row(name, *(figure(size) for size in SIZES))


def events() -> list[str]:
    kinds = (
        (service, told(event.made), told(event.moved), told(event.unchanged))
        for service, event in calls.EVENTS.items()
    )
    return [
        *head("an event of", "first table of a database", "log moved", "nothing changes"),
        *(row(*kind) for kind in kinds),
    ]


def sweeps() -> list[str]:
    kinds = {
        "each resource without a table": calls.OF_OTHERS,
        "each resource with three logs that have tables": calls.OF_LOOK,
        "each run in a source region": calls.OF_SWEEP_RUN,
        "each source region": calls.OF_SWEPT_REGION,
        "each account": calls.OF_SWEPT_ACCOUNT,
    }
    rows = (row(what, str(made.look_ups), str(made.reads)) for what, made in kinds.items())
    return [*head("", "look-ups", "reads of Glue"), *rows]


def told(made: Calls) -> str:
    return f"{made.look_ups} + {made.reads} + {made.writes}"


def price_list() -> list[str]:
    return [
        *head("", "price", "", "source"),
        *(
            row(
                price.what,
                f"${price.dollars:.10f}".rstrip("0") if price.dollars < 0.001 else f"${price.dollars:.2f}",
                for_each(price.units, price.unit),
                f"[AWS](https://aws.amazon.com/{price.page}/)",
            )
            for price in prices.ALL
        ),
    ]


def for_each(units: int, unit: str) -> str:
    return f"for each {unit}" if units == 1 else f"for {units:,} {unit}"


def head(*cells: str) -> list[str]:
    return [row(*cells), "|" + "---|" * len(cells)]


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def dollars(amount: float) -> str:
    return f"${amount:,.2f}" if amount >= 0.005 or amount == 0 else "< $0.01"


if __name__ == "__main__":
    main()
