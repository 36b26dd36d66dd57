"""The rounds of a service: which workbooks are due, which of them changed, and what came of it."""

from okrsheets.orders.rounds.appointments import GOOD, Appointment, rest_of
from okrsheets.orders.rounds.attending import Attended, token_of
from okrsheets.orders.rounds.rounds import Rounds
from okrsheets.orders.rounds.workbooks import UNKNOWN, Watch, Workbooks

__all__ = ["GOOD", "UNKNOWN", "Appointment", "Attended", "Rounds", "Watch", "Workbooks", "rest_of", "token_of"]
