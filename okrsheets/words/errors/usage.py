"""The command, a template or the configuration asks for something that cannot be: exit code 2."""

from __future__ import annotations

from okrsheets.words.errors.base import TemporaryError, UsageError
from okrsheets.words.message import keep


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


class NotAMonday(BadPeriod):
    text = keep("{given} is not a Monday, and a period begins on one.")
    remedy = keep("Give --start {before} or --start {after}")


class NotSoManyWeeks(BadPeriod):
    text = keep("A period has 1 to 26 weeks, not {weeks}.")
    remedy = keep("Give another number, for example: --weeks 13")


class WeeksFromWhen(BadPeriod):
    text = keep("--weeks does not say from when.")
    remedy = keep("Give the first Monday too, for example: --start {monday} --weeks {weeks}")


class QuarterAndStart(BadPeriod):
    text = keep("A quarter and a start are two periods.")
    remedy = keep("Give either --quarter, or --start with --weeks.")


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


class NoSuchConfiguration(BadConfiguration):
    remedy = keep("Check the path, or begin with a copy of config.example.toml.")


class NothingToDo(UsageError):
    text = keep("No workbook was given, and no configuration names one.")
    remedy = keep("Give the path of a workbook, or list workbooks in {file}.")


class NoneConfigured(NothingToDo):
    text = keep("The configuration names no workbook yet.")
    remedy = keep("List your workbooks in {file}; config.example.toml shows how.")


class NotAFolder(UsageError):
    text = keep("{given} is a file, not a folder.")
    remedy = keep("Give the name of a folder, or nothing for the one you are in.")


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


class NoLetters(UsageError):
    text = keep("The configuration says nowhere to send letters about {name}.")
    remedy = keep("Name an address in `to` or a folder in `folder`, under [digest] in {file}.")


class CannotShare(UsageError):
    """--share with a file."""

    text = keep("{given} is a file, and okrsheets shares only Google Sheets.")
    remedy = keep("Say google instead, or leave --share out and send the file yourself.")


class BadEmail(UsageError):
    text = keep("{given} is no e-mail address.")
    remedy = keep("Give the address of a Google account, such as anna@example.com.")


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


class HistoryOutOfReach(HistoryUnusable):
    """On a disk that is full or does not answer: a service that starts again later may find it well."""

    exit_code = TemporaryError.exit_code
