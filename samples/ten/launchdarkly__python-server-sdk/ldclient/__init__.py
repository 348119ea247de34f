"""Stands in for the real SDK: keeps flags in Redis."""
import redis  # type: ignore


class Client:
    def __init__(self, host: str = "localhost") -> None:
        self._kept = redis.Redis(host=host, decode_responses=True)

    def set(self, flag: str, on: bool) -> None:
        self._kept.set(flag, "on" if on else "off")

    def variation(self, flag: str, otherwise: bool) -> bool:
        kept = self._kept.get(flag)
        return otherwise if kept is None else kept == "on"
