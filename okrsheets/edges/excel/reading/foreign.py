"""What a file is when it is no .xlsx: said in words, so that its owner knows what to do."""

from __future__ import annotations

from okrsheets.edges.excel.disk.faults import DAMAGED, UnderPassword, Unreadable
from okrsheets.edges.excel.reading.archive import Archive
from okrsheets.words.message import Message, say

ZIP_SIGN = b"PK\3\4"
OLD_OFFICE_SIGN = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
BINARY_WORKBOOK = "xl/workbook.bin"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def open_archive(data: bytes) -> Archive:
    """The archive of an .xlsx file. Raises Unreadable, naming what the file is instead."""
    if _is_encrypted(data):
        raise UnderPassword
    if not data.startswith(ZIP_SIGN):
        raise Unreadable(_what_it_is(data))
    archive = Archive(data)
    if BINARY_WORKBOOK in archive:
        raise Unreadable(say("it is a binary workbook (.xlsb)"))
    if "mimetype" in archive and archive.read("mimetype").startswith(OPEN_DOCUMENT):
        raise Unreadable(say("it is an OpenDocument file (.ods)"))
    if "_rels/.rels" not in archive:
        raise Unreadable(say("it is a zip archive of something else"))
    return archive


def _what_it_is(data: bytes) -> Message:
    if not data:
        return say("it is empty")
    if data.startswith(OLD_OFFICE_SIGN):
        return say("it is an old Office file, such as .xls")
    if _is_text(data):
        return say("it is a text file")
    return DAMAGED


def _is_encrypted(data: bytes) -> bool:
    """An encrypted .xlsx wears the old container too; the names inside are in UTF-16."""
    return data.startswith(OLD_OFFICE_SIGN) and ENCRYPTED_PACKAGE in data


def _is_text(data: bytes) -> bool:
    try:
        text = data[:4096].decode("utf-8", errors="strict" if len(data) <= 4096 else "ignore")
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter in "\r\n\t\f\ufeff" for letter in text)
