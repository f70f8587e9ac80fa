"""How fast the coder reads, how it grows with hostile input, and what it adds to a bare Python interpreter.

    python benchmarks/speed.py                 # on the rules' own examples
    python benchmarks/speed.py AnnoMI-full.csv # on real turns, in the order of their sessions

One process, one core. The last line of the output is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

SIZES = (1_000, 10_000, 20_000, 100_000)
HOSTILE = {
    "one letter": "a", "one word": "you ", "openers": "well, so okay, ", "no end": "would you maybe just really ",
    "conditions": "if you don't then ", "nested quotes": "he said \"she said 'that ", "marks": "?!", "spaces": " ",
    "brackets": "((", "dashes": "no-no--no ", "lines": "a\n", "empty lines": "a" + 400 * "\n",
    "a sentence": "So you want to stop, but you are afraid of what comes then. ",
    "een zin": "Dus je wilt wel stoppen, maar je bent bang voor wat er dan komt. ",
    "vragen": "zou je misschien toch eens even ",
}  # fmt: skip
DUTCH = ("een zin", "vragen")
FIRST = {
    "en": "code_turn('You could walk, it sounds like you want to move more.', previous='I want to walk more.', lang='en')",
    "nl": "code_turn('Je zou kunnen wandelen, je wilt wel meer bewegen.', previous='Ik wil meer wandelen.', lang='nl')",
}
IMPORT = "from mi_helpers.coder import code_turn; "
MEMORY = "; print(next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmRSS')))"


def turns_of(csv: Path | None) -> list[tuple[str, str, str | None, dict | None, str]]:
    """What to code: text, speaker, previous, target, language."""
    if csv:
        sys.path.insert(0, str(Path(__file__).parent))
        import annomi

        found = []
        for turns in annomi.read_sessions(csv, None).values():
            said = ""
            for turn in turns:
                target = annomi.target_of(turn.topic)
                if turn.client:
                    said = turn.text
                    found.append((turn.text, "client", None, target, "en"))
                else:
                    found.append((turn.text, "counsellor", said, target, "en"))
        return found
    from mi_helpers.coder.check import split_example
    from mi_helpers.coder.rules import load

    found = []
    for lang in ("en", "nl"):
        for rule in load(lang).rules:
            for example in (*rule.fires_on, *rule.silent_on):
                previous, text, _ = split_example(example)
                found.append((text, "client" if rule.kind == "client" else "counsellor", previous, None, lang))
    return found


def rate(turns: list, rounds: int) -> dict:
    """Turns a second and the time of one turn, each at its best of several rounds (others may use the machine too)."""
    from mi_helpers.coder import code_turn

    best = [float("inf")] * len(turns)
    for _ in range(rounds + 1):  # the first round compiles
        took = []
        for text, speaker, previous, target, lang in turns:
            began = time.perf_counter()
            code_turn(text, speaker=speaker, previous=previous, target=target, lang=lang)
            took.append(time.perf_counter() - began)
        best = [min(pair) for pair in zip(best, took, strict=True)]
    took = sorted(best)
    return {"turns": len(took), "per_second": round(len(took) / sum(took)), "p50_ms": _ms(took[len(took) // 2]),
            "p99_ms": _ms(took[int(len(took) * 0.99)]), "worst_ms": _ms(took[-1])}  # fmt: skip


def hostile() -> dict[str, dict[str, list[float]]]:
    """Milliseconds by kind of text and by size; the text is read up to 20,000 characters."""
    from mi_helpers.coder import code_turn

    found: dict[str, dict[str, list[float]]] = {}
    for speaker in ("counsellor", "client"):
        for name, piece in HOSTILE.items():
            row = []
            for size in SIZES:
                took = []
                for last in "abc":  # another text each time, so that nothing is remembered
                    text = last + (piece * (size // len(piece) + 1))[: size - 1]
                    began = time.perf_counter()
                    code_turn(text, speaker=speaker, previous=text, lang="nl" if name in DUTCH else "en")
                    took.append(time.perf_counter() - began)
                row.append(_ms(min(took)))
            found.setdefault(speaker, {})[name] = row
    return found


def start(runs: int) -> dict:
    """Milliseconds and megabytes that import and one coded turn add to a bare interpreter; the two run in turns."""
    found = {}
    for lang, code in FIRST.items():
        bare, ours = [], []
        for _ in range(runs):
            bare.append(_wall("pass"))
            ours.append(_wall(IMPORT + code))
        found[f"first_turn_{lang}_ms"] = round(1000 * (statistics.median(ours) - statistics.median(bare)))
    if Path("/proc/self/status").exists():
        both = IMPORT + "; ".join(FIRST.values())
        found["memory_both_mb"] = round((_memory(both) - _memory("pass")) / 1024, 1)
    return found


def _wall(code: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - began


def _memory(code: str) -> int:
    run = subprocess.run([sys.executable, "-c", code + MEMORY], check=True, capture_output=True, text=True)
    return int(run.stdout)


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("csv", type=Path, nargs="?", help="an AnnoMI file; without it the rules' own examples")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--runs", type=int, default=11, help="fresh interpreters for the first turn")
    given = parser.parse_args()
    found = {"start": start(given.runs), "rate": rate(turns_of(given.csv), given.rounds), "hostile_ms": hostile()}
    print("start:", found["start"])
    print("rate:", found["rate"])
    for speaker, rows in found["hostile_ms"].items():
        print(f"{speaker}, ms for {', '.join(f'{s:,}' for s in SIZES)} characters")
        for name, row in rows.items():
            print(f"  {name:26}" + "".join(f"{ms:9.1f}" for ms in row))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
