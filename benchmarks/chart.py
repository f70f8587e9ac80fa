"""Draw how time and memory grow with the number of learners, from what `learners.py` printed.

    python benchmarks/learners.py --learners 1,10,25,50,100 | tee learners.jsonl
    python benchmarks/chart.py learners.jsonl > docs/images/learners.svg
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

PANELS = [
    ("last_can_type_s", "until the last can type, s"),
    ("memory_mb", "memory per open page (PSS), MB"),
    ("answer_p95_ms", "click to answer, 95th percentile, ms"),
]
COLOURS = {"bare": "#8a8f98", "course": "#0b6e69"}
NAMES = {"bare": "Voila's hello world", "course": "exercise page of the course"}
WIDE, HIGH, LEFT, TOP = 300, 190, 44, 46


def panel(records: list[dict], key: str, title: str, shift: int) -> list[str]:
    """One small chart: a line for each page, a point for each crowd."""
    most = max(record[key] for record in records) or 1
    crowd = max(record["learners"] for record in records)

    def place(record: dict) -> tuple[float, float]:
        across = shift + LEFT + record["learners"] / crowd * (WIDE - LEFT - 24)
        return across, TOP + HIGH - record[key] / most * (HIGH - 20)

    parts = [f'<text x="{shift + LEFT}" y="{TOP - 4}" class="title">{title}</text>']
    for part in (0, 0.5, 1):
        down = TOP + HIGH - part * (HIGH - 20)
        parts.append(f'<path d="M{shift + LEFT} {down:.0f}h{WIDE - LEFT - 24}" class="grid"/>')
        parts.append(f'<text x="{shift + LEFT - 6}" y="{down + 4:.0f}" class="left">{most * part:.3g}</text>')
    for number in sorted({record["learners"] for record in records}):
        across = shift + LEFT + number / crowd * (WIDE - LEFT - 24)
        parts.append(f'<text x="{across:.0f}" y="{TOP + HIGH + 16}" class="middle">{number}</text>')
    for name, colour in COLOURS.items():
        points = sorted(place(record) for record in records if record["page"] == name)
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    return parts


def draw(records: list[dict]) -> str:
    """The whole picture as SVG."""
    width = WIDE * len(PANELS)
    style = (
        "text{font:12px sans-serif;fill:#333}.title{font-weight:600}.left{text-anchor:end}"
        ".middle{text-anchor:middle}.grid{stroke:#ddd}"
    )
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + HIGH + 44}" role="img">']
    about = "; ".join(
        f"{record['learners']} at once, {NAMES[record['page']]}: " + ", ".join(f"{t} {record[k]:g}" for k, t in PANELS)
        for record in records
    )
    parts += [f"<title>Growth with the number of learners. {about}</title>", f"<style>{style}</style>"]
    parts.append(f'<rect width="{width}" height="{TOP + HIGH + 44}" fill="#fff"/>')
    for place, (name, colour) in enumerate(COLOURS.items()):
        parts.append(f'<rect x="{LEFT + place * 200}" y="8" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{LEFT + 18 + place * 200}" y="19">{NAMES[name]}</text>')
    for place, (key, title) in enumerate(PANELS):
        parts += panel(records, key, title, place * WIDE)
    parts.append(f'<text x="{width / 2:.0f}" y="{TOP + HIGH + 36}" class="middle">learners at once</text></svg>')
    return "\n".join(parts)


if __name__ == "__main__":
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    print(draw([json.loads(line) for line in lines if line.startswith("{")]))
