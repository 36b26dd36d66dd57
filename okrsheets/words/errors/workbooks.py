"""One workbook cannot be read or written as it stands: exit code 3."""

from __future__ import annotations

from okrsheets.words.errors.base import WorkbookError
from okrsheets.words.message import keep


class NotFound(WorkbookError):
    text = keep("{ref} is not there.")
    remedy = keep("Check the path, or make a workbook with: okrsheets new high-ticket plan.xlsx")


class NotFoundNearly(NotFound):
    remedy = keep("Did you mean {near}?")


class NotFetched(NotFound):
    text = keep("{given} is not a file, nor a Google Sheet.")
    remedy = keep("Download the workbook and give its path; of a Google Sheet, copy the address from the browser.")


class NotReadable(WorkbookError):
    text = keep("{ref} cannot be read: {reason}.")
    remedy = keep("Check that you may read it.")


class NotWritable(WorkbookError):
    text = keep("{ref} cannot be written: {reason}. It is as it was.")
    remedy = keep("Check that you may write there and that the disk has room.")


class NoFolder(NotWritable):
    text = keep("{ref} cannot be written: its folder is not there.")
    remedy = keep("Make that folder first, or choose another place.")


class HardLinked(NotWritable):
    text = keep("{ref} has a second name in another place (a hard link), from which a change would cut it off.")
    remedy = keep("Copy it, give the copy this name, and sync again; or sync the copy.")


class SetAside(WorkbookError):
    """What stood in the file's place, a person's save perhaps, could not be put back: it stands under our name."""

    text = keep("{ref}: the disk failed in the middle of a sync. What stood there is safe: {kept}.")
    remedy = keep("Sync again; okrsheets puts back what is yours.")


class StateUnusable(WorkbookError):
    text = keep("{folder}, where okrsheets keeps backups, cannot be used: {reason}. {ref} is as it was.")
    remedy = keep("Make it writable, or name another folder in OKRSHEETS_STATE_DIR.")


class Signed(NotWritable):
    text = keep("{ref} carries a digital signature, which any change would break. It is as it was.")
    remedy = keep(
        "Take the signature away in Excel (File, Info, View Signatures), then sync again; sign it when it is done."
    )


class Shared(NotWritable):
    text = keep("{ref} is a shared workbook that keeps a history of its changes. It is as it was.")
    remedy = keep("Stop sharing it in Excel (Review, Unshare Workbook), save it, then sync again.")


class NotAWorkbook(WorkbookError):
    text = keep("{ref} is not a workbook that okrsheets can read: {reason}.")
    remedy = keep("Save it as an Excel workbook (.xlsx), or put back a good copy.")


class IsAFolder(NotAWorkbook):
    remedy = keep("Give the path of the workbook in it.")


class Encrypted(NotAWorkbook):
    text = keep("{ref} is protected with a password, so okrsheets cannot read it.")
    remedy = keep(
        "Take the password away in Excel (File, Info, Protect Workbook, Encrypt with Password), then save it."
    )


class NotOurs(WorkbookError):
    text = keep("{ref} is a workbook, but not one with an okrsheets plan: {reason}.")
    remedy = keep("Make one with: okrsheets new high-ticket plan.xlsx")


class PlanDamaged(WorkbookError):
    """Something without which nothing can be computed is gone: a tab, a table's title column, the period."""

    text = keep("{ref}: {what} cannot be found.")
    remedy = keep("Undo the change that removed it, or put back a copy of the file.")


class PlanTooLarge(WorkbookError):
    text = keep("{ref}: the tab {tab} has {count} rows, more than the {limit} that okrsheets computes with.")
    remedy = keep("Keep what this period is about, and move the other rows to a tab or a workbook of their own.")


class Emptied(WorkbookError):
    """The fence: a tab that had rows has none."""

    text = keep("{ref}: the tab {tab} is empty, so nothing was written.")
    remedy = keep("Put its rows back, or go on all the same with --force.")


class Vanished(WorkbookError):
    """The fence: most of what the last sync saw is gone."""

    text = keep("{ref}: {what}. Nothing was written.")
    remedy = keep(
        "Put back what is gone (okrsheets undo gives the file as it was before the last sync), "
        "or go on all the same with --force."
    )


class VanishedOnline(Vanished):
    """The same where there is no file to put back, but every version is kept."""

    remedy = keep(
        "Put back what is gone (in Google Sheets: File, Version history), or go on all the same with --force."
    )


class NoRoomForSummary(WorkbookError):
    text = keep("{ref}: cell {where} of the Summary cannot be written: {reason}.")
    remedy = keep("Undo the change on that tab, then sync again.")


class NothingToUndo(WorkbookError):
    text = keep("{ref}: there is nothing to undo.")
    remedy = keep("okrsheets keeps the last five versions that a sync wrote over.")


class NoUndo(WorkbookError):
    """A workbook that somebody else keeps the history of."""

    text = keep("{ref}: okrsheets keeps no backups of this workbook.")
    remedy = keep("See its own history of versions.")


class ChangedSince(WorkbookError):
    text = keep("{ref} was changed after the last sync, and undo would take that away too. Nothing was undone.")
    remedy = keep("Undo all the same with --force; what stands there now is then kept as a backup.")


class SummaryReshaped(WorkbookError):
    text = keep("{ref}: a column was put into the Summary, or a part of it taken out ({where}). Nothing was written.")
    remedy = keep("Undo that change, then sync again; right of the Summary there is room for columns of your own.")


class WriteUnproven(WorkbookError):
    """The new bytes did not pass the proof before publishing; the file is untouched."""

    text = keep("{ref}: what was to be written did not pass its check ({reason}), so nothing was.")
    remedy = keep("Please report this as an issue; your workbook is as it was.")


class SummaryUnproven(WorkbookError):
    """The workbook's keeper made something else of what was written."""

    text = keep("{ref}: cell {where} of the Summary does not hold what was written to it.")
    remedy = keep("Sync again; if it stays so, please report it as an issue. Your own tabs are as they were.")
