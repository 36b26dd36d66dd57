"""The Google store: one workbook in one spreadsheet."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from okrsheets.edges.google.making.builder import one_batch
from okrsheets.edges.google.store import creating
from okrsheets.edges.google.store.reading import FIELDS, Seen, is_whole, seen
from okrsheets.edges.google.store.reference import HERE, SHORT, address
from okrsheets.edges.google.store.writing import batch, disagreement
from okrsheets.edges.google.wire.api import GoogleApi
from okrsheets.edges.google.wire.call import Json
from okrsheets.words.errors import (
    AlreadyThere,
    ChangedBeside,
    ChangedMeanwhile,
    GoogleUnwell,
    NoRoomForSummary,
    NotFound,
    NotShared,
    NotSharedForNow,
    OkrsheetsError,
    RequestRefused,
    SummaryUnproven,
    TemporaryError,
)
from okrsheets.words.grid import Change, Reading
from okrsheets.words.message import Message, say
from okrsheets.words.workbook import Workbook

REFUSED = 400
PROTECTED = "protected"
"""The word in Google's refusal to change cells that their owner locked."""


class GoogleStore:
    """Keeps one workbook in a spreadsheet, as okrsheets.words.store.Store asks.

    `id` is the spreadsheet's, None for one that is yet to be made, in `folder` or in one's own Drive. Reads the tabs
    that the `okr_*` names lead to and those whose title is in `known_titles`. `time_zone` is that of a new one.
    """

    def __init__(
        self,
        api: GoogleApi,
        id: str | None = None,
        known_titles: Collection[str] = (),
        *,
        ref: str | None = None,
        folder: str | None = None,
        time_zone: str | None = None,
    ) -> None:
        self._api, self._id, self._known_titles = api, id, known_titles
        self._ref, self._folder, self._time_zone = ref, folder, time_zone
        self._seen: Seen | None = None
        self._made: Seen | None = None

    @property
    def ref(self) -> str:
        """What was asked for; of a new spreadsheet its address."""
        if self._ref:
            return self._ref
        if self._id:
            return address(self._id)
        return f"{SHORT}{self._folder}" if self._folder else HERE

    @property
    def id(self) -> str:
        """By which Google knows the spreadsheet. Raises NotFound before there is one."""
        if self._id is None:
            raise NotFound(ref=self.ref)
        return self._id

    @property
    def url(self) -> str | None:
        """Where a person opens it; None before it is made."""
        return f"{address(self._id)}/edit" if self._id else None

    def create(self, workbook: Workbook, *, replace: bool = False) -> None:
        """Makes a spreadsheet, in two calls. One that is there already is emptied first, with `replace`.

        Raises AlreadyThere, WriteUnproven, HalfMade, and what Google refuses.
        """
        if self._id and not replace:
            raise AlreadyThere(path=self.ref)
        if self._id:
            self._replace(self._id, workbook)
            return
        made = creating.make(self._api, workbook, folder=self._folder, time_zone=self._time_zone)
        self._id, self._ref = made.id, None
        self._made = self._understood(made.answer)

    def read(self) -> Reading:
        """The workbook as it stands; right after `create`, as that call's own answer told it.

        Raises NotFound for one that was not made, and what Google refuses.
        """
        made, self._made = self._made, None
        self._seen = made or self._look()
        return self._seen.reading

    def write(self, changes: Sequence[Change], reading: Reading) -> None:
        """Changes cells of the Summary and nothing else, in one call.

        Google has no lock and no precondition. What somebody changes between the reading and this call is found in
        its answer: ChangedBeside then says that the figures may be one edit behind. Raises also ChangedMeanwhile,
        NoRoomForSummary, SummaryUnproven, and what Google refuses.
        """
        if not changes:
            return
        before = self._seen
        if before is None or before.reading.fingerprint != reading.fingerprint:
            before = self._look()
        if before.reading.fingerprint != reading.fingerprint:
            raise ChangedMeanwhile(ref=self.ref)
        self._prove(changes, before, self._batch(changes, before))

    def share(self, email: str) -> None:
        """Lets somebody else edit it. They get no mail. Raises NotShared or NotSharedForNow, which name it."""
        id = self.id
        try:
            self._api.share(id, email)
        except OkrsheetsError as fault:
            error = NotSharedForNow if isinstance(fault, TemporaryError) else NotShared
            raise error(ref=address(id), who=email, reason=fault.message) from None

    def tidy(self) -> None:
        """There is nothing to tidy up: a batch is carried out wholly or not at all."""

    @property
    def warnings(self) -> tuple[Message, ...]:
        """None."""
        return ()

    def _understood(self, answer: Json, before: Seen | None = None) -> Seen:
        return seen(answer, self.ref, self._known_titles, before)

    def _look(self) -> Seen:
        """What there is now. A spreadsheet with other tabs as well is asked for ours only, once they are known."""
        known = self._seen
        if known and known.reading.other_tabs and known.ranges:
            looked = self._look_at(known)
            if looked:
                return looked
        answer = self._api.get_spreadsheet(self.id, fields=FIELDS)
        if "sheets" not in answer:
            raise GoogleUnwell(reason=say("its answer is not complete"))
        return self._understood(answer)

    def _look_at(self, known: Seen) -> Seen | None:
        """The known tabs; None where they are not what they were, so that all has to be asked for."""
        try:
            answer = self._api.get_spreadsheet(self.id, fields=FIELDS, ranges=known.ranges)
        except RequestRefused as refusal:
            if refusal.facts.get("status") != REFUSED:
                raise
            return None
        looked = self._understood(answer, known)
        return looked if is_whole(looked) else None

    def _batch(self, changes: Sequence[Change], before: Seen) -> Seen:
        """Writes, and tells what there is then."""
        try:
            answer = self._api.batch_update(self.id, batch(changes, before), fields=creating.AFTER)
        except RequestRefused as refusal:
            raise self._explained(refusal, changes, before) from None
        if "updatedSpreadsheet" not in answer:
            raise GoogleUnwell(reason=say("its answer is not complete"))
        return self._understood(answer["updatedSpreadsheet"], before)

    def _explained(self, refusal: RequestRefused, changes: Sequence[Change], before: Seen) -> Exception:
        """Why a batch was refused: nothing of it was carried out."""
        if refusal.facts.get("status") != REFUSED:
            return refusal
        if PROTECTED in str(refusal.facts.get("reason", "")):
            where = str(changes[0].address)
            return NoRoomForSummary(ref=self.ref, where=where, reason=say("its tab or cell is locked for others"))
        self._seen = None
        same = self._look().reading.fingerprint == before.reading.fingerprint
        return refusal if same else ChangedMeanwhile(ref=self.ref)

    def _prove(self, changes: Sequence[Change], before: Seen, after: Seen) -> None:
        """Raises ChangedBeside or SummaryUnproven where the answer does not show what it should."""
        if after.reading.fingerprint != before.reading.fingerprint:
            raise ChangedBeside(ref=self.ref)
        wrong = disagreement(changes, after)
        if wrong:
            raise SummaryUnproven(ref=self.ref, where=str(wrong.address))

    def _replace(self, id: str, workbook: Workbook) -> None:
        """Takes all tabs away and makes new ones, in one batch: wholly or not at all."""
        tabs = sorted(tab.id for tab in self._look().tabs.values())
        requests = creating.replacing(one_batch(workbook, self._time_zone), tabs)
        self._made = self._understood(creating.fill(self._api, id, requests, workbook))
