"""What Google refuses until a person does something about it: exit code 3."""

from __future__ import annotations

from okrsheets.words.errors.base import WorkbookError
from okrsheets.words.message import keep


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
    remedy = keep("Switch it on, wait a few minutes, and try again; okrsheets needs Sheets and Drive both: {url}")


class NotSharedWith(GoogleError):
    """403 or 404 for a service account."""

    text = keep("{ref} is not there, or {who} may not edit it.")
    remedy = keep("Share {ref} as Editor with {who}.")


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


class NotShared(GoogleError):
    """A new sheet that is there, and that somebody else may not see yet."""

    text = keep("{ref} was made, but it is not shared with {who}: {reason}")
    remedy = keep("Open it and share it there yourself, as Editor; it need not be made again.")


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
