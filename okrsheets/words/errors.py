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
    remedy = keep("Give a file name that ends in .xlsx, or google for a Google Sheet.")


class AlreadyThere(UsageError):
    text = keep("{path} is already there, and was left as it is.")
    remedy = keep("Choose another name, or replace it with --force.")


class BadConfiguration(UsageError):
    text = keep("{file} cannot be used: {faults}.")
    remedy = keep("Correct the file; config.example.toml shows every key.")


class NothingToDo(UsageError):
    text = keep("No workbook was given, and no configuration names one.")
    remedy = keep("Give the path of a workbook, or list workbooks in {file}.")


class NoGoogleSheet(UsageError):
    text = keep("{given} is not the address of a Google Sheet.")
    remedy = keep("Copy the address from the browser, or give google: and the id of the sheet.")


class NoGoogleFolder(UsageError):
    text = keep("{given} is not a place for a Google Sheet.")
    remedy = keep("Give google, or google: and the id of a folder: the last part of the folder's address.")


class BadEndpoint(UsageError):
    text = keep("{given} cannot stand in front of Google: {reason}.")
    remedy = keep("Give an https address in google.api_endpoint or OKRSHEETS_GOOGLE_ENDPOINT, or leave both empty.")


class PortTaken(UsageError):
    text = keep("Port {port} of this computer cannot be used: {reason}.")
    remedy = keep("Choose another one with --port, or leave that out.")


class NoClient(UsageError):
    text = keep("okrsheets needs an OAuth client of your own to sign you in, and has none yet.")
    remedy = keep("Make one in four steps (see above), then: okrsheets auth login --client FILE")


class NoMessenger(UsageError):
    text = keep("Letters to {to} need apprise, which is not installed here.")
    remedy = keep("Install it with: pip install 'okrsheets[messages]', or name a folder in digest.folder.")


class BadAddress(UsageError):
    text = keep("{to} is not an address for letters that apprise understands.")
    remedy = keep("See https://github.com/caronc/apprise/wiki for how the address of each messenger is written.")


class NotInstallable(UsageError):
    text = keep("The service belongs to {user}, and you are the administrator now.")
    remedy = keep("Install it without sudo.")


class NotInstalled(UsageError):
    text = keep("The service could not be set up: {step}: {reason}.")
    remedy = keep("See what would be done with: okrsheets service install --print. It also runs by hand: okrsheets run")


class NobodyAgreed(UsageError):
    text = keep("Nobody is at the keyboard to agree to it, so nothing was done.")
    remedy = keep("Agree beforehand with --yes, or look first with --print.")


class HistoryUnusable(UsageError):
    text = keep("What okrsheets remembers between two syncs cannot be kept in {path}: {reason}.")
    remedy = keep("Check that you may write there and that the disk has room, or set OKRSHEETS_STATE_DIR.")


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


class NoRoomForSummary(WorkbookError):
    text = keep("{ref}: cell {where} of the Summary cannot be written: {reason}.")
    remedy = keep("Undo the change on that tab, then sync again.")


class NothingToUndo(WorkbookError):
    text = keep("{ref}: there is nothing to undo.")
    remedy = keep("okrsheets keeps the file as it was before each of the last syncs that changed it, and no longer.")


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


# Google: what lasts until a person does something


class GoogleError(WorkbookError):
    """Google says no, and will say so again."""


class RequestRefused(GoogleError):
    """An answer that only a bug, or something new at Google, explains. Whoever asked may know better: `status`."""

    text = keep("Google refuses what okrsheets asked ({status}: {reason}).")
    remedy = keep("Try again; if it stays so, please report it as an issue.")


class NotSignedIn(GoogleError):
    text = keep("Nobody is signed in to Google yet.")
    remedy = keep("Sign in with: okrsheets auth login. On a server, name a key file in google.credentials.")


class KeyFileOpen(GoogleError):
    """A key that anybody on this computer could take."""

    text = keep("Others on this computer can read the key in {path}, so it is not used.")
    remedy = keep("Keep it to yourself with: chmod 600 {path}")


class KeyFileUnusable(GoogleError):
    text = keep("{path} is no key to sign in to Google with: {reason}.")
    remedy = keep("Download the key again from https://console.cloud.google.com/iam-admin/serviceaccounts")


class ClientAsKey(KeyFileUnusable):
    """The two JSON files of the console are easily taken for each other."""

    text = keep("{path} is an OAuth client, with which a person signs in; it is no key of its own.")
    remedy = keep("Sign in with: okrsheets auth login --client {path}")


class ClientUnusable(GoogleError):
    text = keep("{path} is no OAuth client of a desktop app: {reason}.")
    remedy = keep("Make one of the type Desktop app, and download its JSON: {url}")


class SignInNotKept(GoogleError):
    text = keep("Your sign-in cannot be kept in {path}: {reason}.")
    remedy = keep("Check that you may write there and that the disk has room, or set OKRSHEETS_STATE_DIR.")


class SignInDamaged(GoogleError):
    text = keep("Your sign-in in {path} cannot be read: {reason}.")
    remedy = keep("Sign in again with: okrsheets auth login")


class KeyringClosed(GoogleError):
    text = keep("Your sign-in lies in the keyring of this computer, which does not open now ({reason}).")
    remedy = keep(
        "Unlock it. Without a keyring: set PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring and log in again."
    )


class SignInDeclined(GoogleError):
    text = keep("Google did not sign you in ({reason}).")
    remedy = keep("Try again with: okrsheets auth login, and choose Continue on Google's page.")


class SignInTimedOut(GoogleError):
    text = keep("Nobody came back from Google's page within {minutes} minutes.")
    remedy = keep(
        "Try again. Did the page say that access is blocked? Then publish your app, or add yourself as a test user: "
        "https://console.cloud.google.com/auth/audience"
    )


class SignInEnded(GoogleError):
    """invalid_grant: the app is in testing (seven days), the password changed, access taken back, six months unused."""

    text = keep("Google no longer accepts your sign-in ({reason}).")
    remedy = keep(
        "Sign in again with: okrsheets auth login. Does it end every seven days? Then publish your app: "
        "https://console.cloud.google.com/auth/audience"
    )


class KeyRefused(GoogleError):
    """invalid_grant of a service account: the key or the account is gone."""

    text = keep("Google does not accept the key of {who} ({reason}).")
    remedy = keep("Make a new key for it, and name its file in google.credentials.")


class ClientRefused(GoogleError):
    text = keep("Google does not accept the client of your sign-in ({reason}).")
    remedy = keep("Download the client's JSON file again, then: okrsheets auth login --client FILE")


class ClockOff(GoogleError):
    text = keep("Google refuses the key because the clock of this computer is not right.")
    remedy = keep("Let the computer set its clock by the internet, then try again.")


class SignInRefused(GoogleError):
    """401 with a token that was fresh a moment ago."""

    text = keep("Google does not recognise who asks ({who}).")
    remedy = keep("Sign in again with: okrsheets auth login, or check google.credentials.")


class ApiDisabled(GoogleError):
    text = keep("The {api} is not switched on for your project.")
    remedy = keep("Switch it on at {url}, wait a few minutes, and try again. okrsheets needs Google Sheets and Drive.")


class NotSharedWith(GoogleError):
    """403 or 404 for a service account."""

    text = keep("{ref} is not there, or {who} may not edit it.")
    remedy = keep("Share it as Editor with {who}.")


class NotSeen(GoogleError):
    """404 for a person who gave drive.file only: Google hides what okrsheets did not make."""

    text = keep("{ref} is not there, or okrsheets may not see it: it sees only the sheets that it made itself.")
    remedy = keep("Check the address. To let it see a sheet that you made: okrsheets auth login --scope spreadsheets")


class MayNotEdit(GoogleError):
    """403 or 404 for a person with the wide scope, or for whoever else."""

    text = keep("{ref} is not there, or you may not edit it.")
    remedy = keep("Check the address, or ask its owner to share it with you as Editor.")


class FolderClosed(GoogleError):
    text = keep("The folder {ref} is not there, or okrsheets may not put anything into it.")
    remedy = keep(
        "Check its id, and that it is shared as Editor with who is signed in: okrsheets auth status says who."
    )


class HalfMade(GoogleError):
    """A new sheet that could be neither filled nor taken away again."""

    text = keep("{ref} was made, but it stayed empty: {reason}")
    remedy = keep("Delete it in your Google Drive, then try again.")


class NoStorage(GoogleError):
    """storageQuotaExceeded of a service account."""

    text = keep("{who} is a service account, and those cannot own files.")
    remedy = keep(
        "Make the sheet in a shared drive (google:FOLDER_ID), sign in as a person with: okrsheets auth login, "
        "or share a sheet of your own with it."
    )


class DriveFull(GoogleError):
    text = keep("There is no room left in your Google Drive.")
    remedy = keep("Make room, or use another account, then try again.")


class ScopeMissing(GoogleError):
    """Fewer scopes granted than asked: a box left open on the consent page."""

    text = keep("Google was not allowed to give okrsheets what it needs ({scopes}).")
    remedy = keep("Sign in again with: okrsheets auth login, and tick every box on Google's page.")


class NotTrusted(GoogleError):
    text = keep("The certificate of {host} cannot be trusted, so nothing was sent.")
    remedy = keep("Behind a company's proxy: name its certificates in REQUESTS_CA_BUNDLE.")


# Temporary


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


class AlreadyRunning(TemporaryError):
    """Another service has this state directory; who starts a service again and again takes over when that one ends."""

    text = keep("okrsheets is running already for {folder} (process {pid}).")
    remedy = keep("See how it is with: okrsheets status. For a second one, name another folder in OKRSHEETS_STATE_DIR.")


class AnswerLost(GoogleUnwell):
    """Of a call that must not be made twice: whoever made it finds out whether it was carried out."""

    text = keep("Google did not say whether it was done: {reason}.")
    remedy = keep("Look in your Google Drive before you try again.")


class NotDelivered(TemporaryError):
    """A letter that reached nobody."""

    text = keep("The letter did not reach {to}: {reason}.")
    remedy = keep("It is tried again in an hour; look at [digest] in the configuration.")
