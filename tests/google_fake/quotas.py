"""Quotas of the minute: reads and writes of Sheets, for each user and for the whole project."""

from __future__ import annotations

from dataclasses import dataclass, field

from .answers import Answer
from .clock import Clock
from .faults import over_quota

MINUTE = 60.0


@dataclass(slots=True)
class Quotas:
    """Limits of requests a minute; None where there is none."""

    per_user: int | None = None
    per_project: int | None = None
    spent: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def refusal(self, kind: str, user: str, clock: Clock) -> Answer | None:
        """429 for a read or write too many; otherwise it is counted."""
        now = clock.now().timestamp()
        windows = [("user", user, self.per_user), ("project", "", self.per_project)]
        for per, who, limit in windows:
            recent = [at for at in self.spent.get((kind, who), []) if at > now - MINUTE]
            self.spent[kind, who] = recent
            if limit is not None and len(recent) >= limit:
                return over_quota(kind.capitalize(), per)
        for _, who, _ in windows:
            self.spent[kind, who].append(now)
        return None


def as_google() -> Quotas:
    """60 a minute for a user and 300 for a project, reads and writes apart."""
    return Quotas(per_user=60, per_project=300)
