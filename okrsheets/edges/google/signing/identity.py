"""Who asks Google, as far as a refusal needs to say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

SCOPE = "https://www.googleapis.com/auth/"


class Way(Enum):
    """How one is signed in."""

    PERSON = "user"
    SERVICE_ACCOUNT = "service_account"
    DEFAULT = "application_default"


@dataclass(frozen=True, slots=True)
class Identity:
    """An account. `who` is its e-mail address, '' where nobody knows; scopes are without their common beginning."""

    way: Way = Way.DEFAULT
    who: str = ""
    scopes: tuple[str, ...] = ()

    @property
    def is_robot(self) -> bool:
        """Whether it is a service account, which owns no files."""
        return self.way is Way.SERVICE_ACCOUNT

    @property
    def sees_only_its_own(self) -> bool:
        """Whether Google hides the sheets that okrsheets did not make."""
        return self.way is Way.PERSON and not {"spreadsheets", "drive"} & set(self.scopes)


def short(scope: str) -> str:
    """`drive.file` for the scope's long name."""
    return scope.removeprefix(SCOPE)
