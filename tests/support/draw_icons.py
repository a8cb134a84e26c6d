"""Draws the two icons of the Teams app: a contract with a tick. Run `python -m tests.support.draw_icons` to draw them anew."""

import struct
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

Colour = tuple[int, int, int, int]
Inside = Callable[[float, float], bool]
"""Whether a point, both coordinates from 0 to 1 with y downwards, belongs to a shape."""

NAVY: Colour = (24, 61, 97, 255)
WHITE: Colour = (255, 255, 255, 255)
GREEN: Colour = (30, 125, 82, 255)
CLEAR: Colour = (255, 255, 255, 0)
FINENESS = 4
"""Each pixel is the mean of this many points each way, which makes edges smooth."""


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Inside:
    """A rectangle with rounded corners."""

    def inside(x: float, y: float) -> bool:
        dx = max(left + radius - x, 0.0, x - right + radius)
        dy = max(top + radius - y, 0.0, y - bottom + radius)
        return dx * dx + dy * dy <= radius * radius

    return inside


def stroke(points: tuple[tuple[float, float], ...], width: float) -> Inside:
    """A line through the points with round ends."""

    def inside(x: float, y: float) -> bool:
        return any(_distance(x, y, *start, *end) <= width / 2 for start, end in pairwise(points))

    return inside


def _distance(x: float, y: float, x1: float, y1: float, x2: float, y2: float) -> float:
    dx, dy = x2 - x1, y2 - y1
    along = min(1.0, max(0.0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
    return float(((x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2) ** 0.5)


def color_icon(x: float, y: float) -> Colour:
    """A white sheet with lines on navy, ticked in green. Teams rounds the corners itself."""
    badge = rounded(0.52, 0.54, 0.84, 0.86, 0.16)
    if stroke(((0.60, 0.71), (0.66, 0.77), (0.76, 0.65)), 0.045)(x, y):
        return WHITE
    if badge(x, y):
        return GREEN
    if rounded(0.495, 0.515, 0.865, 0.885, 0.185)(x, y):  # a rim parts the tick from the sheet
        return NAVY
    if any(stroke(((0.34, row), (0.34 + length, row)), 0.035)(x, y) for row, length in _LINES):
        return NAVY
    return WHITE if rounded(0.24, 0.16, 0.72, 0.80, 0.05)(x, y) else NAVY


_LINES = ((0.30, 0.28), (0.41, 0.28), (0.52, 0.16))


def outline_icon(x: float, y: float) -> Colour:
    """The same in white strokes on nothing, as Teams wants it for the side bar."""
    sheet = rounded(0.18, 0.06, 0.82, 0.94, 0.10)
    hollow = rounded(0.255, 0.135, 0.745, 0.865, 0.04)
    tick = stroke(((0.36, 0.62), (0.47, 0.73), (0.65, 0.52)), 0.085)
    line = stroke(((0.38, 0.33), (0.62, 0.33)), 0.075)
    is_drawn = (sheet(x, y) and not hollow(x, y)) or tick(x, y) or line(x, y)
    return WHITE if is_drawn else CLEAR


def png(size: int, colour_at: Callable[[float, float], Colour]) -> bytes:
    """A square picture with transparency."""
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        for column in range(size):
            rows += bytes(_pixel(size, column, row, colour_at))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _pixel(size: int, column: int, row: int, colour_at: Callable[[float, float], Colour]) -> tuple[int, ...]:
    steps = [(step + 0.5) / FINENESS for step in range(FINENESS)]
    points = [colour_at((column + dx) / size, (row + dy) / size) for dx in steps for dy in steps]
    return tuple(round(sum(channel) / len(points)) for channel in zip(*points, strict=True))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def main() -> None:
    folder = Path(__file__).parents[2] / "manifest"
    (folder / "color.png").write_bytes(png(192, color_icon))
    (folder / "outline.png").write_bytes(png(32, outline_icon))


if __name__ == "__main__":
    main()
