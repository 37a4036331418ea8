"""What AWS still holds, in every region: nothing of Terraform's may be left after a destroy."""

from __future__ import annotations

from local import LocalAws


def left_over(local_aws: LocalAws) -> set[tuple[str, str, str]]:
    """(kind, region, name) of everything that exists."""
    return {
        (kind, item["region"], item["name"] if "name" in item else str(item))
        for kind, items in local_aws.inventory().items()
        for item in items
    }
