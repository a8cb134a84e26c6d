"""An import told to whoever ran it: as plain lines for a terminal, or as JSON for a machine."""

from collections.abc import Iterable, Sequence

from cards.register_words import column_words, value_words
from cards.texts import Texts
from domain.errors import Refused
from domain.people import Language
from domain.register.cell import Remark
from domain.register.difference import FieldChange
from domain.register.plain import as_plain
from domain.register.report import ImportReport, PeopleReport, RegisterReport

_MOST_LISTED = 20
"""New contracts, missing ones and the like shown by name; the rest are counted. JSON has them all."""
_MOST_ROWS = 12
"""Row numbers shown behind one remark."""


def report_text(report: ImportReport, language: Language) -> str:
    """The whole report as lines: counts, quarantine, remarks gathered by what they say, and the differences."""
    telling = _Telling(report, language)
    sections = (
        telling.counts(),
        telling.quarantine(),
        telling.remarks(),
        telling.new(),
        telling.changed(),
        telling.left_out(),
    )
    return "\n\n".join("\n".join(section) for section in sections if section)


def refusal_text(refused: Refused, language: Language) -> str:
    """Why a file is refused whole, with the columns in words."""
    texts = Texts(language)
    values = dict(refused.values)
    if "columns" in values:
        codes = str(values["columns"]).split(", ")
        values["columns"] = ", ".join(column_words(texts, code, is_people="mail" in codes) for code in codes)
    return texts(refused.text_key, **values)


def report_json(report: ImportReport) -> dict[str, object]:
    """The report as JSON values. Remarks and reasons carry their key, and their sentence in Swedish."""
    swedish = _Telling(report, Language.SV)
    told: dict[str, object] = {
        "kind": "people" if isinstance(report, PeopleReport) else "register",
        "file": report.file_name,
        "dry_run": report.is_dry_run,
        "header_row": report.header_row,
        "rows": report.rows_read,
        "accepted": report.accepted_count,
        "accepted_with_remarks": report.remarked_count,
        "quarantined": [
            {"row": row.row_number, "subject": row.subject, "reasons": [swedish.as_json(it) for it in row.reasons]}
            for row in report.quarantined
        ],
        "remarks": [
            {"row": found.row_number, "subject": found.subject, **swedish.as_json(found.remark)}
            for found in report.remarks
        ],
        "file_remarks": [swedish.as_json(remark) for remark in report.file_remarks],
    }
    return {**told, **_difference_json(report)}


def _difference_json(report: ImportReport) -> dict[str, object]:
    match report:
        case RegisterReport(difference=difference):
            return {
                "new": [draft.contract_number for draft in difference.new],
                "changed": [
                    {"contract_number": change.before.contract_number, "fields": _fields_json(change.fields)}
                    for change in difference.changed
                ],
                "unchanged": len(difference.unchanged),
                "missing": [contract.contract_number for contract in difference.missing],
                "not_in_people_file": [contact.mail for contact in report.strangers],
            }
        case PeopleReport(difference=people):
            return {
                "new": [draft.mail for draft in people.new],
                "changed": [
                    {"mail": change.before.mail, "fields": _fields_json(change.fields)} for change in people.changed
                ],
                "unchanged": len(people.unchanged),
                "unlisted": [person.mail for person in people.unlisted],
            }


def _fields_json(fields: Iterable[FieldChange]) -> dict[str, object]:
    return {field.column: {"before": as_plain(field.before), "after": as_plain(field.after)} for field in fields}


class _Telling:
    """One report in one language."""

    def __init__(self, report: ImportReport, language: Language) -> None:
        self._report = report
        self._texts = Texts(language)
        self._is_people = isinstance(report, PeopleReport)

    def counts(self) -> list[str]:
        report, texts = self._report, self._texts
        first = "register.report.dry_run" if report.is_dry_run else "register.report.imported"
        header = (
            texts("register.report.header_in_sheet", row=report.header_row, sheet=report.sheet_name)
            if report.sheet_name
            else texts("register.report.header", row=report.header_row)
        )
        rows = texts(
            "register.report.rows",
            rows=report.rows_read,
            accepted=report.accepted_count,
            remarked=report.remarked_count,
            quarantined=len(report.quarantined),
        )
        difference = report.difference
        added, changed, unchanged = len(difference.new), len(difference.changed), len(difference.unchanged)
        subject = texts(
            "register.report.people" if self._is_people else "register.report.contracts",
            total=added + changed + unchanged,
            added=added,
            changed=changed,
            unchanged=unchanged,
        )
        return [texts(first, file_name=report.file_name), header, rows, subject]

    def quarantine(self) -> list[str]:
        if not self._report.quarantined:
            return []
        lines = [self._texts("register.report.quarantine")]
        for row in self._report.quarantined:
            reasons = " ".join(self.sentence(reason) for reason in row.reasons)
            key = "register.report.quarantined_row_named" if row.subject else "register.report.quarantined_row"
            lines.append("  " + self._texts(key, row=row.row_number, subject=row.subject, reasons=reasons))
        return lines

    def remarks(self) -> list[str]:
        """Each sentence once, with the rows it is said of."""
        rows_of: dict[str, list[int]] = {}
        for found in self._report.remarks:
            rows_of.setdefault(self.sentence(found.remark), []).append(found.row_number)
        lines = [self.sentence(remark) for remark in self._report.file_remarks]
        lines += [
            self._texts("register.report.remark", sentence=sentence, rows=self._rows(rows))
            for sentence, rows in sorted(rows_of.items(), key=lambda said: (-len(said[1]), said[1]))
        ]
        return [self._texts("register.report.remarks"), *(f"  {line}" for line in lines)] if lines else []

    def _rows(self, rows: Sequence[int]) -> str:
        shown = ", ".join(map(str, rows[:_MOST_ROWS]))
        if len(rows) > _MOST_ROWS:
            shown = self._texts("register.report.more_rows", rows=shown, count=len(rows) - _MOST_ROWS)
        return self._texts.count("register.report.remark_rows", len(rows), rows=shown)

    def new(self) -> list[str]:
        if isinstance(self._report, RegisterReport):
            names = [self._named(draft.contract_number, draft.title) for draft in self._report.difference.new]
        else:
            names = [self._named(draft.name, draft.mail) for draft in self._report.difference.new]
        return self._list("register.report.new", names)

    def changed(self) -> list[str]:
        if isinstance(self._report, RegisterReport):
            contracts = self._report.difference.changed
            changes = [
                (self._named(change.before.contract_number, change.before.title), change.fields) for change in contracts
            ]
        else:
            people = self._report.difference.changed
            changes = [(self._named(change.before.name, change.before.mail), change.fields) for change in people]
        if not changes:
            return []
        lines = [self._texts("register.report.changed")]
        for name, fields in changes:
            lines.append(f"  {name}")
            lines += [f"    {self._field(field)}" for field in fields]
        return lines

    def left_out(self) -> list[str]:
        """What was known before and is not in the file, and whom the register names in vain."""
        if isinstance(self._report, RegisterReport):
            missing = self._report.difference.missing
            lists = {
                "register.report.missing": [self._named(it.contract_number, it.title) for it in missing],
                "register.report.strangers": [
                    self._named(it.name or "", it.mail or "") for it in self._report.strangers
                ],
            }
        else:
            unlisted = self._report.difference.unlisted
            lists = {"register.report.unlisted": [self._named(person.name, person.mail) for person in unlisted]}
        told = [self._list(key, names) for key, names in lists.items() if names]
        return [line for number, lines in enumerate(told) for line in (*([""] if number else []), *lines)]

    def _list(self, key: str, names: Sequence[str]) -> list[str]:
        if not names:
            return []
        lines = [self._texts(key), *(f"  {name}" for name in names[:_MOST_LISTED])]
        if len(names) > _MOST_LISTED:
            lines.append("  " + self._texts.count("register.report.more", len(names) - _MOST_LISTED))
        return lines

    def _named(self, number: str, title: str) -> str:
        return self._texts("register.report.named", number=number, title=title).strip()

    def _field(self, change: FieldChange) -> str:
        return self._texts(
            "register.report.field",
            column=column_words(self._texts, change.column, is_people=self._is_people),
            before=value_words(self._texts, change.before),
            after=value_words(self._texts, change.after),
        )

    def sentence(self, remark: Remark) -> str:
        """The remark in words."""
        values = {name: value_words(self._texts, value) for name, value in remark.values.items()}
        if remark.column is not None:
            values["column"] = column_words(self._texts, remark.column, is_people=self._is_people)
        return self._texts(remark.text_key, **values)

    def as_json(self, remark: Remark) -> dict[str, object]:
        key = remark.text_key.removeprefix("register.")
        return {"key": key, "column": remark.column, "text": self.sentence(remark)}
