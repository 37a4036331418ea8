"""A log that CloudWatch Logs delivers, as a user has one: its source, destination and delivery."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Client = Callable[[str, str], Any]


class VendedLog:
    """One log of one resource: a distribution, a load balancer, a bucket."""

    def __init__(self, client: Client, region: str, name: str, arn: str, log_type: str):
        self._api = client("logs", region)
        self.region, self.name, self.arn = region, name, arn
        self.id = ""
        self._api.put_delivery_source(name=name, resourceArn=arn, logType=log_type)

    def deliver_to(self, arn: str, output_format: str, **settings: Any) -> None:
        """Turns the log on."""
        made = self.destination(arn, output_format)
        delivery = self._api.create_delivery(
            deliverySourceName=self.name, deliveryDestinationArn=made, **settings
        )
        self.id = delivery["delivery"]["id"]

    def destination(self, arn: str, output_format: str | None = None) -> str:
        """Makes the log's destination, or moves it."""
        format_ = {"outputFormat": output_format} if output_format else {}
        answer = self._api.put_delivery_destination(
            name=self.name, deliveryDestinationConfiguration={"destinationResourceArn": arn}, **format_
        )
        return answer["deliveryDestination"]["arn"]

    def change(self, **settings: Any) -> None:
        """Gives the delivery other fields or folders."""
        self._api.update_delivery_configuration(id=self.id, **settings)

    def stop(self) -> None:
        """Turns the log off: its source and destination stay."""
        self._api.delete_delivery(id=self.id)

    def get(self) -> dict[str, Any]:
        """The delivery as it is."""
        return self._api.get_delivery(id=self.id)["delivery"]
