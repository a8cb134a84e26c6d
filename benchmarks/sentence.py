"""How long it takes to understand one sentence, against a register of ordinary size and one ten times a city's."""

import random
import statistics
import subprocess
import sys
import time
from datetime import date

from rapidfuzz import fuzz, process

from benchmarks.measuring import against, heading, line
from dialogs.understand.contract_index import ContractFacts, ContractIndex
from dialogs.understand.matching import Sender
from dialogs.understand.reports import read_report
from domain.identifiers import ContractId
from tests.support.deviations import shipped_types
from tests.support.reporting import REGISTER

SIZES = {700: 20.0, 10_000: 100.0}
"""Contracts, and the milliseconds one sentence may take among so many (issue 3)."""
MOST_MEMORY_MB = 50.0
"""What the vocabulary and its libraries may cost (issue 3)."""
SENTENCES = (
    "Städningen på Kinnaskolan uteblev tre gånger i veckan.",
    "Fick faktura från Nordkontor på 18 400 men enligt prislistan ska det vara 15 950.",
    "Systemet låg nere 08.15-13.40 i går, ingen svarade på supporten.",
    "Hissen i Skene äldreboende står still sedan fredag, de säger fyra dagar till.",
    "Snöröjningen vid Örby skola var inte klar före sju i dag heller.",
    "Blöjorna som levererades till Solgården är fel storlek, 12 kartonger, vi har packat upp två.",
    "The cleaning company has not shown up at Rydals museum this week.",
    "Vilka avtal saknar ägare eller förvaltare?",
    "påminn mig efter höstlovet",
)
ROUNDS = 20
_GROWTH = f"""
from datetime import date
from tests.support.deviations import shipped_types
from dialogs.understand.wishes import IntentKind
types = shipped_types()
def resident():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
before = resident()
from dialogs.understand.matching import Sender
from dialogs.understand.reports import read_report
for sentence in {SENTENCES!r}:
    read_report(sentence, sender=Sender(), contracts=(), types=types, today=date(2026, 11, 22))
print(resident() - before)
"""
"""Kilobytes, on Linux."""


async def measure_sentences() -> None:
    """Median processor time a sentence, beside one naive fuzzy pass over every title."""
    measure_memory()
    for size, limit in SIZES.items():
        contracts = register(size)
        index = ContractIndex.build(contracts)
        titles = [facts.title for facts in contracts]
        ours, naive = [], []
        for sentence in SENTENCES * ROUNDS:
            started = time.process_time()
            read_report(sentence, sender=Sender(), contracts=index, types=shipped_types(), today=date(2026, 11, 22))
            ours.append(time.process_time() - started)
            started = time.process_time()
            process.extract(sentence, titles, scorer=fuzz.WRatio, limit=5)
            naive.append(time.process_time() - started)
        heading(f"One sentence against {size} contracts")
        line("median", f"{statistics.median(ours) * 1000:8.2f} ms CPU, at most {limit:.0f}")
        line("95th percentile", f"{sorted(ours)[int(len(ours) * 0.95)] * 1000:8.2f} ms CPU")
        against(statistics.median(ours), statistics.median(naive), "one fuzzy pass over the titles alone")


def measure_memory() -> None:
    """What a process grows by when it learns to understand, read in a process of its own."""
    asked = subprocess.run([sys.executable, "-c", _GROWTH], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    heading("The vocabulary and its libraries")
    line("memory", f"{int(asked.stdout) / 1024:8.1f} MB, at most {MOST_MEMORY_MB:.0f}")


def register(size: int) -> tuple[ContractFacts, ...]:
    """Invented contracts whose titles mix the words of the small register."""
    chance = random.Random(1)  # noqa: S311 - the same register every time
    words = sorted({word for facts in REGISTER for word in facts.title.split()})
    return tuple(
        ContractFacts(
            contract_id=ContractId(f"c{number}"),
            contract_number=f"{2020 + number % 7}-{number:05d}",
            title=" ".join(chance.sample(words, 2)),
            area=REGISTER[number % len(REGISTER)].area,
            suppliers=(f"{chance.choice(words).title()}bolaget {number % 400} AB",),
        )
        for number in range(size)
    )
