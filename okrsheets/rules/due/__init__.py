"""When a workbook is due: all in UTC, from a schedule in the words of the configuration."""

from okrsheets.rules.due.phrases import NotASchedule, read_interval, read_schedule
from okrsheets.rules.due.slots import due, jitter, next_slot, standing

__all__ = ["NotASchedule", "due", "jitter", "next_slot", "read_interval", "read_schedule", "standing"]
