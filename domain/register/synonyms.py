"""What registers call their columns, in Swedish and English. Written out as people write them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum


class RegisterColumn(StrEnum):
    """The columns a contract register may have. The codes are the keys of a mapping file."""

    CONTRACT_NUMBER = "contract_number"
    REGISTRY_NUMBER = "registry_number"
    TITLE = "title"
    AREA = "area"
    LOT = "lot"
    SUPPLIER = "supplier"
    ORG_NUMBER = "org_number"
    DEPARTMENT = "department"
    OWNER_NAME = "owner_name"
    OWNER_MAIL = "owner_mail"
    MANAGER_NAME = "manager_name"
    MANAGER_MAIL = "manager_mail"
    DEPUTY_NAME = "deputy_name"
    DEPUTY_MAIL = "deputy_mail"
    START_ON = "start_on"
    END_ON = "end_on"
    RENEWAL = "renewal"
    NOTICE = "notice_months"
    ANNUAL_VALUE = "annual_value_sek"
    CEILING = "ceiling_sek"
    CONTRACT_CLASS = "contract_class"
    CONTRACT_RIGHTS = "contract_rights"
    PENALTY = "penalty"
    COMPLAINT_TIME = "complaint_time"
    ANSWER_TIME = "answer_time"
    CORRECTION_TIME = "correction_time"


MAIL_WORDS = ("e-post", "mail", "e-mail", "mejl", "e-postadress", "mailadress", "mejladress", "email address", "upn")


def mails_of(*people: str) -> tuple[str, ...]:
    """Every way to head a column with somebody's mail address: `ägare e-post`, `e-post ägare`, `ägarens e-post`."""
    return tuple(
        phrase
        for person in people
        for mail in MAIL_WORDS
        for phrase in (
            f"{person} {mail}",
            f"{mail} {person}",
            f"{person}s {mail}",
            f"{person}ns {mail}",
            f"{mail} till {person}",
        )
    )


def _names_of(*people: str) -> tuple[str, ...]:
    return tuple(
        phrase for person in people for phrase in (person, f"{person} namn", f"{person} name", f"namn {person}")
    )


_OWNERS = ("avtalsägare", "ägare", "kontraktsägare", "contract owner", "owner", "ansvarig chef", "avtalsägaren")
_MANAGERS = (
    *("avtalsförvaltare", "förvaltare", "kontraktsförvaltare", "kontraktsansvarig", "avtalshandläggare", "handläggare"),
    *("contract manager", "manager", "avtalsförvaltaren"),
)
_DEPUTIES = ("ersättare", "ställföreträdare", "vikarie", "deputy", "backup", "substitute", "ersättare avtalsförvaltare")

REGISTER: Mapping[RegisterColumn, tuple[str, ...]] = {
    RegisterColumn.CONTRACT_NUMBER: (
        *("avtalsnummer", "avtalsnr", "avtals-id", "avtal nr", "avtal id", "avtalsreferens", "avtalsbeteckning"),
        *("kontraktsnummer", "kontraktsnr", "kontrakts-id", "kontraktnummer", "avtalsidentitet", "avtalsnummer/id"),
        *("contract number", "contract no", "contract nr", "contract id", "contract ref", "contract reference"),
        *("agreement number", "agreement no", "agreement id"),
    ),
    RegisterColumn.REGISTRY_NUMBER: (
        *("diarienummer", "diarienr", "dnr", "diarie-id", "ärendenummer", "ärendenr", "ärende", "diarium"),
        *("registry number", "case number", "case no", "file number", "record number"),
    ),
    RegisterColumn.TITLE: (
        *("avtalsnamn", "avtalstitel", "avtalsbenämning", "avtalsrubrik", "benämning", "titel", "rubrik", "avtal"),
        *("avtalets namn", "avser", "avtalet avser", "contract name", "contract title", "agreement name", "title"),
        *("kontraktsnamn", "avtalsbeskrivning", "agreement title"),
    ),
    RegisterColumn.AREA: (
        *("avtalsområde", "område", "kategori", "inköpskategori", "varugrupp", "produktområde", "inköpsområde"),
        *("avtalskategori", "category", "area", "contract area", "procurement category", "kategoriområde"),
    ),
    RegisterColumn.LOT: (
        *(
            "delområde",
            "anbudsområde",
            "delavtal",
            "lot",
            "lott",
            "lot number",
            "lot name",
            "lot no",
            "del",
            "positioner",
        ),
        *("anbudsdel", "delkontrakt"),
    ),
    RegisterColumn.SUPPLIER: (
        *("leverantör", "leverantörsnamn", "leverantörens namn", "leverantörer", "avtalspart", "motpart", "företag"),
        *("entreprenör", "utförare", "avtalsleverantör", "supplier", "supplier name", "vendor", "vendor name"),
        *("counterparty", "contractor", "company", "företagsnamn", "lev", "levnamn", "leverantör namn"),
    ),
    RegisterColumn.ORG_NUMBER: (
        *("organisationsnummer", "orgnr", "org nummer", "organisationsnr", "organisations-id", "org id"),
        *(
            "leverantörens organisationsnummer",
            "leverantör organisationsnummer",
            "leverantör orgnr",
            "leverantörens orgnr",
        ),
        *(
            "orgnr leverantör",
            "organisationsnummer leverantör",
            "supplier org no",
            "supplier org number",
            "corporate id",
        ),
        *("organisation number", "organization number", "organisation no", "organization no", "org no", "org number"),
        *("company registration number", "company number", "registration no", "registration number", "vat number"),
        *(
            "corporate identity number",
            *("reg no", "reg nr", "registreringsnummer", "company reg no", "corporate registration number", "org"),
            "supplier organisation number",
            "supplier id",
            "company id",
            "vat no",
            "momsnummer",
        ),
    ),
    RegisterColumn.DEPARTMENT: (
        *("förvaltning", "ansvarig förvaltning", "avdelning", "nämnd", "verksamhet", "enhet", "förvaltning/bolag"),
        *("department", "unit", "business unit", "organisationsenhet", "organisational unit", "division", "sektor"),
    ),
    RegisterColumn.OWNER_NAME: _names_of(*_OWNERS),
    RegisterColumn.OWNER_MAIL: mails_of(*_OWNERS),
    RegisterColumn.MANAGER_NAME: _names_of(*_MANAGERS),
    RegisterColumn.MANAGER_MAIL: mails_of(*_MANAGERS),
    RegisterColumn.DEPUTY_NAME: _names_of(*_DEPUTIES),
    RegisterColumn.DEPUTY_MAIL: mails_of(*_DEPUTIES),
    RegisterColumn.START_ON: (
        *("startdatum", "start", "avtalsstart", "avtal från", "giltig från", "giltigt från", "gäller från", "från"),
        *("fr o m", "from", "från och med", "från datum", "avtalstid från", "avtalsperiod från", "avtalsperiod start"),
        *(
            "giltighetstid från",
            "startar",
            "börjar",
            "startdag",
            "avtalets start",
            "effective",
            "commencement",
            "avtalsstart datum",
            "gäller fr o m",
            "giltig fr o m",
            "avtal startdatum",
        ),
        *("start date", "starts", "starts on", "valid from", "effective date", "commencement date", "contract start"),
        *("contract start date", "start on", "begins", "from date", "avtalstid start"),
    ),
    RegisterColumn.END_ON: (
        *("slutdatum", "slut", "avtalsslut", "avtal till", "giltig till", "giltigt till", "gäller till", "till"),
        *("t o m", "tom", "till och med", "till datum", "avtalstid till", "avtalsperiod till", "avtalsperiod slut"),
        *(
            "giltighetstid till",
            "slutar",
            "expiry",
            "expiration",
            "slutdag",
            "sista dag",
            "stoppdatum",
            "avtalets slut",
            "upphör",
            "löper ut",
            "utgångsdatum",
            "gäller t o m",
            "giltig t o m",
        ),
        *(
            "giltigt t o m",
            "avtal slutdatum",
            "avtalstid slut",
            "avtalsslut datum",
            "sista giltighetsdag",
            "löptid till",
        ),
        *("end date", "ends", "ends on", "valid to", "valid until", "expiry date", "expires", "expiration date", "to"),
        *("contract end", "contract end date", "end on", "end", "to date", "termination date"),
    ),
    RegisterColumn.RENEWAL: (
        *("förlängning", "förlängningar", "förlängningsoption", "förlängningsoptioner", "förlängningsmöjlighet"),
        *("förlängningsmöjligheter", "möjlighet till förlängning", "option", "optioner", "optionsår", "optionstid"),
        *(
            "option på förlängning",
            "förlängningsperiod",
            "option/förlängning",
            "förlängning/option",
            "förlängningsvillkor",
        ),
        *("extension", "extensions", "extension option", "extension options", "options", "renewal", "renewals"),
        *("förl", "förl möjlighet", "förl option", "förlängning/ar", "opt", "ext option"),
        *("renewal terms", "renewal option", "renewal options", "extension terms", "automatisk förlängning"),
    ),
    RegisterColumn.NOTICE: (
        *("uppsägningstid", "uppsägning", "varseltid", "uppsägningstid i månader", "uppsägningsvillkor"),
        *("uppsägn", "uppsägn tid", "uppsäg tid", "upps tid"),
        *("notice", "notice period", "notice months", "notice time", "termination notice", "period of notice"),
    ),
    RegisterColumn.ANNUAL_VALUE: (
        *(
            "årsvärde",
            "årligt värde",
            "årligt avtalsvärde",
            "värde per år",
            "värde/år",
            "avtalsvärde per år",
            "årskostnad",
        ),
        *(
            "uppskattat årsvärde",
            "beräknat årsvärde",
            "uppskattat värde per år",
            "årlig kostnad",
            "årsbelopp",
            "årsvolym",
        ),
        *("kostnad per år", "belopp per år", "volym per år", "annual value", "yearly value", "value per year"),
        *("annual spend", "annual cost", "yearly cost", "estimated annual value", "avtalsvärde/år"),
    ),
    RegisterColumn.CEILING: (
        *(
            "takvärde",
            "takvolym",
            "takbelopp",
            "tak",
            "maxvärde",
            "maxvolym",
            "maxbelopp",
            "högsta värde",
            "högsta volym",
        ),
        *("ramavtalets takvärde", "ceiling", "ceiling value", "maximum value", "max value", "value ceiling", "cap"),
    ),
    RegisterColumn.CONTRACT_CLASS: (
        *(
            "klass",
            "avtalsklass",
            "klassning",
            "klassificering",
            "avtalsklassning",
            "kritikalitet",
            "kritikalitetsklass",
        ),
        *("class", "contract class", "classification", "criticality", "criticality class", "prioritetsklass"),
    ),
    RegisterColumn.CONTRACT_RIGHTS: (
        *("påföljder", "påföljd", "sanktioner", "sanktion", "avtalade påföljder", "påföljder vid avvikelse"),
        *(
            "påföljder enligt avtalet",
            "påföljder och viten",
            "påföljder/viten",
            "viten/påföljder",
            "sanktionsmöjligheter",
        ),
        *(
            "rättigheter",
            "avtalets rättigheter",
            "sanctions",
            "remedies",
            "contract rights",
            "rights",
            "contract remedies",
        ),
    ),
    RegisterColumn.PENALTY: (
        *("vite", "viten", "vitesklausul", "vitesklausuler", "vitesbelopp", "avtalsvite", "avtalsviten"),
        *("penalty", "penalties", "penalty clause", "penalty clauses", "liquidated damages"),
    ),
    RegisterColumn.COMPLAINT_TIME: (
        *("reklamationstid", "reklamationsfrist", "reklamation", "reklamation inom", "tid för reklamation"),
        *("complaint time", "complaint period", "complaint deadline", "complaint within"),
    ),
    RegisterColumn.ANSWER_TIME: (
        *("svarstid", "svarstid reklamation", "svarstid vid reklamation", "leverantörens svarstid", "svar inom"),
        *("answer time", "response time", "reply time"),
    ),
    RegisterColumn.CORRECTION_TIME: (
        *(
            "åtgärdstid",
            "åtgärdsfrist",
            "avhjälpandetid",
            "avhjälpandefrist",
            "rättelsetid",
            "rättelsefrist",
            "åtgärd inom",
        ),
        *("correction time", "correction period", "cure period", "remedy period", "time to remedy"),
    ),
}

REGISTER_LAST_RESORT: Mapping[str, tuple[RegisterColumn, ...]] = {
    # Words that mean one thing only when nothing clearer stands in the file: the first column still free gets them.
    **dict.fromkeys(("nr", "nummer", "number", "no", "id", "referens", "reference"), (RegisterColumn.CONTRACT_NUMBER,)),
    **dict.fromkeys(("contract", "agreement", "kontrakt"), (RegisterColumn.TITLE, RegisterColumn.CONTRACT_NUMBER)),
    **dict.fromkeys(("namn", "name", "beskrivning", "description", "upphandling", "ämne"), (RegisterColumn.TITLE,)),
    **dict.fromkeys(
        ("avtalsansvarig", "ansvarig", "responsible", "kontaktperson", "ansvarig person", "ansvarig handläggare"),
        (RegisterColumn.MANAGER_NAME, RegisterColumn.OWNER_NAME),
    ),
    **dict.fromkeys(("chef", "beställare"), (RegisterColumn.OWNER_NAME,)),
    **dict.fromkeys(("prioritet", "priority", "risk", "riskklass"), (RegisterColumn.CONTRACT_CLASS,)),
    **dict.fromkeys(("organisation", "organization", "bolag"), (RegisterColumn.DEPARTMENT,)),
    **dict.fromkeys(MAIL_WORDS, (RegisterColumn.MANAGER_MAIL,)),
}

_MAIL = "(?:mail|epost|mejl)"
_NOT_A_TERM = "(?!.*(?:datum|senast|till|date|kvar|utnyttja|used))"

REGISTER_GUESSES: Sequence[tuple[str, RegisterColumn]] = (
    # Headings nobody could list, by the word in them that tells. Tried last, and always told in the report.
    (rf"(?:agare|owner).*{_MAIL}|{_MAIL}.*(?:agare|owner)", RegisterColumn.OWNER_MAIL),
    (rf"(?:forvaltare|manager).*{_MAIL}|{_MAIL}.*(?:forvaltare|manager)", RegisterColumn.MANAGER_MAIL),
    (rf"(?:ersattare|deputy).*{_MAIL}|{_MAIL}.*(?:ersattare|deputy)", RegisterColumn.DEPUTY_MAIL),
    (r"org(?:ani[sz]ations?)?(?:nr|nummer|no|number)", RegisterColumn.ORG_NUMBER),
    (r"(?:avtals?|kontrakts?|contract|agreement)(?:nr|nummer|no|number|id)", RegisterColumn.CONTRACT_NUMBER),
    (r"diarien", RegisterColumn.REGISTRY_NUMBER),
    (r"start(?:datum|date)|avtalsstart|(?:giltigt?|galler|valid)(?:fran|from|fom)", RegisterColumn.START_ON),
    (r"slutdatum|avtalsslut|enddate|(?:giltigt?|galler|valid)(?:till|tom|until)", RegisterColumn.END_ON),
    (rf"^{_NOT_A_TERM}(?:antal|number ?of)?(?:forlangning|option|extension)", RegisterColumn.RENEWAL),
    (r"uppsagningstid|noticeperiod", RegisterColumn.NOTICE),
    (r"arsvarde|(?:varde|belopp|kostnad|volym)perar|annualvalue|valueperyear", RegisterColumn.ANNUAL_VALUE),
    (r"tak(?:varde|volym|belopp)|ceiling", RegisterColumn.CEILING),
    (r"avtalsklass|klassning|kritikalitet|criticality", RegisterColumn.CONTRACT_CLASS),
    (r"^(?:leverantor|supplier|vendor)", RegisterColumn.SUPPLIER),
    (r"avtals?(?:ets)?(?:namn|titel|benamning)|contract(?:name|title)", RegisterColumn.TITLE),
)
