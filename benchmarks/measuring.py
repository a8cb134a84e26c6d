"""A stopwatch for wall clock and processor, and figures printed with what they are compared with."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class Span:
    """How long something took. On a busy machine `cpu_seconds` says more than `seconds`."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0


@contextmanager
def timed(span: Span | None = None) -> Iterator[Span]:
    """Adds the time of the block to the span, which is right once the block has ended."""
    span = span or Span()
    started, started_cpu = time.perf_counter(), time.process_time()
    try:
        yield span
    finally:
        span.seconds += time.perf_counter() - started
        span.cpu_seconds += time.process_time() - started_cpu


def heading(text: str) -> None:
    print(f"\n{text}", flush=True)


def line(what: str, figure: str) -> None:
    print(f"  {what:<44} {figure}", flush=True)


def told(span: Span) -> str:
    return f"{span.seconds:8.2f} s wall, {span.cpu_seconds:8.2f} s CPU"


def against(measured: float, floor: float, floor_name: str) -> None:
    """The ratio, and what it is a ratio to."""
    line("ratio", f"{measured / floor:8.1f} x {floor_name}")
