"""Why the system refused something, in words: its own are in English or in whatever language it was set up in."""

from __future__ import annotations

import errno

from okrsheets.words.message import Message, say

FOLDER = say("it is a folder")
NO_FOLDER = say("its folder is not there")
REASONS = {
    errno.ENOSPC: say("the disk is full"),
    errno.EDQUOT: say("the disk is full"),
    errno.EROFS: say("the disk is read-only"),
    errno.EACCES: say("its rights do not allow it"),
    errno.EPERM: say("its rights do not allow it"),
    errno.EISDIR: FOLDER,
    errno.ENOTDIR: NO_FOLDER,
    errno.ENOENT: NO_FOLDER,
    errno.ELOOP: say("its links lead in a circle"),
    errno.ENAMETOOLONG: say("its name is too long"),
    errno.EADDRINUSE: say("another program has it"),
}


def reason_of(fault: OSError) -> Message:
    """Why the system refused, as a part of a sentence."""
    known = REASONS.get(fault.errno or 0)
    return known or say("the system says: {fault}", fault=fault.strerror or type(fault).__name__)
