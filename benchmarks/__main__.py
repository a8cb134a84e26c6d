"""`python -m benchmarks [name ...]`: all of them, or those named."""

import asyncio
import sys
from collections.abc import Callable, Coroutine

from benchmarks.idle import measure_idle_tick
from benchmarks.importing import measure_imports
from benchmarks.lights import measure_lights
from benchmarks.sentence import measure_sentences
from benchmarks.turn import measure_turns
from benchmarks.year import measure_year

BENCHMARKS: dict[str, Callable[[], Coroutine[None, None, None]]] = {
    "year": measure_year,
    "idle": measure_idle_tick,
    "turn": measure_turns,
    "import": measure_imports,
    "sentence": measure_sentences,
    "lights": measure_lights,
}


def main(names: list[str]) -> int:
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)} (there are {', '.join(BENCHMARKS)})", file=sys.stderr)
        return 2
    for name in names or BENCHMARKS:
        asyncio.run(BENCHMARKS[name]())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
