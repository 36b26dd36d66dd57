"""What can go wrong, as one family. An error carries facts; the shell turns it into words in one place."""

from __future__ import annotations

from typing import ClassVar

from okrsheets.words.message import Fact, Message, keep


class OkrsheetsError(Exception):
    """Base of all. `text` says what happened and where, `remedy` what to do; both are catalogue texts."""

    text: ClassVar[str] = ""
    remedy: ClassVar[str] = ""
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: Fact) -> None:
        super().__init__(self.text, facts)
        self.facts = facts

    @property
    def message(self) -> Message:
        """What happened, as a message."""
        return Message(self.text, self.facts)

    @property
    def advice(self) -> Message:
        """What to do about it, as a message."""
        return Message(self.remedy, self.facts)


class UsageError(OkrsheetsError):
    """The command, a template or the configuration asks for something that cannot be."""

    exit_code = 2


class WorkbookError(OkrsheetsError):
    """One workbook cannot be read or written as it stands."""

    exit_code = 3


class TemporaryError(OkrsheetsError):
    """It did not work now and may work later; nothing was changed."""

    exit_code = 75


# Usage: what was asked for


class UnknownTemplate(UsageError):
    text = keep("There is no template called {name}.")
    remedy = keep("Choose one of {known}, or give the path of a template file.")


class BadTemplate(UsageError):
    text = keep("{file} is not a good template: {faults}.")
    remedy = keep("Correct the file; docs/templates.md describes every field.")


class BadSetting(UsageError):
    text = keep("--set {setting} cannot be used: {reason}.")
    remedy = keep("Write KEY=VALUE, for example theme.price=1500 or KR1.target=10.")


class BadPeriod(UsageError):
    text = keep("{given} is not a period.")
    remedy = keep("Give a quarter such as 2026-Q4, or a start Monday and 1 to 26 weeks.")


class BadDay(UsageError):
    text = keep("{given} is not a day.")
    remedy = keep("Write it as year-month-day, for example 2026-11-23.")


class BadLocale(UsageError):
    text = keep("{given} is not a locale that okrsheets knows.")
    remedy = keep("Give a language and a country, for example nl_NL or en_US.")


class BadLanguage(UsageError):
    text = keep("okrsheets does not speak {given} yet.")
    remedy = keep("Choose one of {known}.")


class BadOutput(UsageError):
    text = keep("{given} is not a place for a workbook.")
    remedy = keep("Give a file name that ends in .xlsx.")


class AlreadyThere(UsageError):
    text = keep("{path} is already there, and was left as it is.")
    remedy = keep("Choose another name, or replace it with --force.")


class BadConfiguration(UsageError):
    text = keep("{file} cannot be used: {faults}.")
    remedy = keep("Correct the file; config.example.toml shows every key.")


class NothingToDo(UsageError):
    text = keep("No workbook was given, and no configuration names one.")
    remedy = keep("Give the path of a workbook, or list workbooks in {file}.")


# Workbooks: what was found


class NotFound(WorkbookError):
    text = keep("{ref} is not there.")
    remedy = keep("Check the path, or make a workbook with: okrsheets new high-ticket plan.xlsx")


class NotReadable(WorkbookError):
    text = keep("{ref} cannot be read: {reason}.")
    remedy = keep("Check that you may read it.")


class NotWritable(WorkbookError):
    text = keep("{ref} cannot be written: {reason}. It is as it was.")
    remedy = keep("Check that you may write there and that the disk has room.")


class NotAWorkbook(WorkbookError):
    text = keep("{ref} is not a workbook that okrsheets can read: {reason}.")
    remedy = keep("Save it as an Excel workbook (.xlsx), or put back a good copy.")


class NotOurs(WorkbookError):
    text = keep("{ref} is a workbook, but not one with an okrsheets plan: {reason}.")
    remedy = keep("Make one with: okrsheets new high-ticket plan.xlsx")


class PlanDamaged(WorkbookError):
    """Something without which nothing can be computed is gone: a tab, a table's title column, the period."""

    text = keep("{ref}: {what} cannot be found.")
    remedy = keep("Undo the change that removed it, or put back a copy of the file.")


class Emptied(WorkbookError):
    """The fence: a tab that had rows has none."""

    text = keep("{ref}: the tab {tab} is empty, so nothing was written.")
    remedy = keep("Put its rows back, or go on all the same with --force.")


class NoRoomForSummary(WorkbookError):
    text = keep("{ref}: cell {where} of the Summary cannot be written: {reason}.")
    remedy = keep("Undo the change on that tab, then sync again.")


class WriteUnproven(WorkbookError):
    """The new bytes did not pass the proof before publishing; the file is untouched."""

    text = keep("{ref}: what was to be written did not pass its check ({reason}), so nothing was.")
    remedy = keep("Please report this as an issue; your workbook is as it was.")


# Temporary


class Busy(TemporaryError):
    text = keep("{ref} is open in another program ({holder}), so nothing was written.")
    remedy = keep("Save and close it there, or wait for the next sync.")


class ChangedMeanwhile(TemporaryError):
    text = keep("{ref} was saved by somebody else just now, so nothing was written.")
    remedy = keep("Sync again; the newer version is untouched.")
