"""It did not work now and may work later: exit code 75."""

from __future__ import annotations

from okrsheets.words.errors.base import TemporaryError
from okrsheets.words.errors.google import HalfMade, NotShared
from okrsheets.words.message import keep


class Busy(TemporaryError):
    text = keep("{ref} is open in another program ({holder}), so nothing was written.")
    remedy = keep("Save and close it there, or wait for the next sync.")


class ChangedMeanwhile(TemporaryError):
    text = keep("{ref} was saved by somebody else just now, so nothing was written.")
    remedy = keep("Sync again; the newer version is untouched.")


class ChangedBeside(ChangedMeanwhile):
    """Where nothing can be made to depend on nobody having written: the answer to the write told of it."""

    text = keep("{ref} was changed by somebody else at the same moment; the Summary may be one change behind.")
    remedy = keep("Sync again; what they changed is untouched.")


class JustSaved(TemporaryError):
    text = keep("{ref} was saved a moment ago and may still be on its way, so nothing was written.")
    remedy = keep("Sync again when it was left alone for {seconds} seconds; `settle` in the configuration says so.")


class GoogleBusy(TemporaryError):
    """429, or 403 with a rate limit: the quota of the minute."""

    text = keep("Google asks for a pause ({reason}).")
    remedy = keep("Try again in a few minutes.")


class GoogleUnwell(TemporaryError):
    """5xx, resets, timeouts and broken answers that outlast the retries."""

    text = keep("Google cannot be reached well: {reason}.")
    remedy = keep("Try again in a few minutes.")


class HalfMadeForNow(TemporaryError):
    """The same as HalfMade, for a reason that may pass."""

    text = HalfMade.text
    remedy = HalfMade.remedy


class NotSharedForNow(TemporaryError):
    """The same as NotShared, for a reason that may pass."""

    text = NotShared.text
    remedy = NotShared.remedy


class AlreadyRunning(TemporaryError):
    """Another service has this state directory; who starts a service again and again takes over when that one ends."""

    text = keep("okrsheets is running already for {folder} (process {pid}).")
    remedy = keep("See how it is with: okrsheets status. For a second one, name another folder in OKRSHEETS_STATE_DIR.")


class AnswerLost(GoogleUnwell):
    """Of a call that must not be made twice: whoever made it finds out whether it was carried out."""

    text = keep("Google did not say whether it was done: {reason}.")
    remedy = keep("Look in your Google Drive before you try again.")


class NotDelivered(TemporaryError):
    """A letter that certainly reached nobody."""

    text = keep("The letter reached nobody: {places}.")
    remedy = keep("Look at [digest] in the configuration, and try it with: okrsheets digest WORKBOOK --send")


class PerhapsDelivered(TemporaryError):
    """A letter of which nobody knows whether it arrived. It is not sent again: nobody should get two."""

    text = keep("Nobody knows whether the letter arrived: {places}. It is not sent a second time.")
    remedy = keep("Look whether it is there, and try the address with: okrsheets digest WORKBOOK --send")
