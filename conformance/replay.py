"""What a fixture's result states: the calls of citeproc-js that it stands for, made to the processor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from conformance.adapter import Engine, Rendered, placed, stated
from conformance.fixture import Data, Fixture, Step


def replay(fixture: Fixture, engine: Engine) -> str:
    """The text that is compared with the fixture's result."""
    if fixture.mode == "bibliography":
        return _bibliography(fixture, engine)
    if fixture.steps:
        return _document(fixture.steps, engine)
    clusters = [stated(cites) for cites in _citations(fixture, engine)]
    return "\n".join(engine.render(clusters, fixture.listed).citations)


def _citations(fixture: Fixture, engine: Engine) -> Sequence[Sequence[Data]]:
    """The citations; where none are stated, a single one of all items, in the bibliography's order."""
    if fixture.citations is not None:
        return fixture.citations
    listed = fixture.listed
    if len(listed) > 1:
        shown = [key for key, _ in engine.render((), listed).entries]
        listed = tuple(dict.fromkeys((*shown, *listed)))
    return [[{"id": key} for key in listed]]


def _bibliography(fixture: Fixture, engine: Engine) -> str:
    if fixture.steps:
        rendered = _rendered(_states(fixture.steps)[-1], engine)
    else:
        rendered = engine.render((), fixture.listed)
    entries = "".join(f'  <div class="csl-entry">{entry}</div>\n' for _, entry in rendered.entries)
    return f'<div class="csl-bib-body">\n{entries}</div>'


@dataclass(frozen=True, slots=True)
class _Placed:
    """A citation where it stands in a document."""

    key: str
    note: int
    citation: Data


_State = tuple[_Placed, ...]


def _document(steps: Sequence[Step], engine: Engine) -> str:
    """The citations after the last step; ``>>`` marks what that step wrote anew, ``..`` the others."""
    states = _states(steps)
    before = _texts(states[-2], engine) if len(states) > 1 else {}
    now = _texts(states[-1], engine)
    changed = _key(steps[-1], len(steps))
    marks = [".." if key != changed and before.get(key) == text else ">>" for key, text in now.items()]
    return "\n".join(
        f"{mark}[{index}] {text}" for index, (mark, text) in enumerate(zip(marks, now.values(), strict=True))
    )


def _states(steps: Sequence[Step]) -> list[_State]:
    """The document after each step."""
    known: dict[str, Data] = {}
    states = []
    for number, step in enumerate(steps, 1):
        key = _key(step, number)
        known[key] = step.citation
        note = int(step.citation.get("properties", {}).get("noteIndex", 0))
        places = (*step.before, (key, note), *step.after)
        states.append(tuple(_Placed(key, note, known[key]) for key, note in places))
    return states


def _key(step: Step, number: int) -> str:
    return str(step.citation.get("citationID", f"citation {number}"))


def _rendered(state: _State, engine: Engine) -> Rendered:
    return engine.render([placed(each.citation, each.key, each.note) for each in state], None)


def _texts(state: _State, engine: Engine) -> dict[str, str]:
    citations = _rendered(state, engine).citations
    return {each.key: text for each, text in zip(state, citations, strict=True)}
