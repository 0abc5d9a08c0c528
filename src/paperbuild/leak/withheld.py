"""What is withheld: the marks by which it is known again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from paperbuild.inventory import words as count
from paperbuild.leak import pictures
from paperbuild.leak.counts import counted
from paperbuild.leak.fold import fold
from paperbuild.leak.gather import Said, gather
from paperbuild.leak.marks import (
    END,
    RARE,
    WITHHELD_STEP,
    Marks,
    Shingle,
    address,
    addresses,
    fragments,
    lasting,
    letters,
    marks,
    phrases,
    runs,
    shingles,
    signs,
    words,
)
from paperbuild.model import ResolvedDocument
from paperbuild.pandoc import ast

_SHINGLE = 9
"""Letters of three words that tell something."""
_PHRASE, _HEADING = 6, 4
_PAIR = 8
"""Letters of a title of two words that tells something among other words."""
_LONG = 1000
"""A public text of this length, or with markup, is taken for a theme's file, whose marks are kept."""
_LINK = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)")
_COMMAND = re.compile(r"\\[a-zA-Z]+")
_LEAST_COUNT = 50


@dataclass(frozen=True, slots=True)
class Withheld:
    """The marks of what is withheld, all that is public taken out. Texts are folded (``fold``)."""

    shingles: frozenset[Shingle] = frozenset()
    """Three words in a row."""
    mirrored: frozenset[Shingle] = frozenset()
    """Of these, what the shown part says backwards."""
    rare: frozenset[str] = frozenset()
    """Words of six letters or more that stand in the withheld part alone."""
    phrases: frozenset[str] = frozenset()
    """Whole short texts, lines of code and formulas, without spaces."""
    headings: frozenset[str] = frozenset()
    """Titles of sections, without spaces."""
    titles: frozenset[tuple[str, str]] = frozenset()
    """Titles of two words, which no shingle tells where something stands before or after them."""
    letters: frozenset[str] = frozenset()
    """Runs of letters, whatever stands between them."""
    signs: frozenset[str] = frozenset()
    """Runs of signs of scripts without spaces."""
    names: frozenset[str] = frozenset()
    """Ids, anchors, keys and classes, in small letters."""
    addresses: frozenset[str] = frozenset()
    """Where links lead, as ``address`` writes it."""
    files: frozenset[str] = frozenset()
    """Names of files that hold the whole paper, and of withheld pictures, in small letters."""
    counts: frozenset[int] = frozenset()
    """How many words the whole paper has, and the withheld part."""
    pictures: frozenset[str] = frozenset()
    """SHA-256 of pictures' bytes and of their pixels."""
    looks: frozenset[int] = frozenset()
    """What pictures look like, as ``pictures.look`` has it."""
    shown: frozenset[str] = field(default=frozenset())
    """SHA-256 of the pictures that are shown: whatever is in their bytes is public."""

    def but(self, public: Iterable[str]) -> Withheld:
        """The same without what these texts say: on a site, what other papers show is public."""
        return reduce(_without, _marks(public), self)


def withhold(
    held: ResolvedDocument, shown: ResolvedDocument, public: Iterable[str] = (), files: Iterable[str] = ()
) -> Withheld:
    """What is in ``held`` and neither in ``shown`` nor among the ``public`` texts.

    ``files`` are the names of the files that hold the whole paper.
    """
    secret, seen = gather(held), gather(shown)
    if not held.blocks and not held.references:
        return Withheld()
    folded = fold(END.join([*secret.texts, *secret.targets]))
    listed = words(folded)
    shown_pictures, held_pictures = _bytes(seen, shown), _bytes(secret, held)
    hidden = {key: data for key, data in held_pictures.items() if key not in shown_pictures}
    looks = [pictures.look(data) for data in hidden.values()]
    withheld = Withheld(
        shingles=frozenset(shingle for shingle in {*shingles(listed)} if _has_substance(shingle)),
        rare=frozenset(_rare(secret)),
        phrases=frozenset(_phrases(secret)),
        headings=frozenset(p for p in phrases(fold(END.join(secret.headings))) if len(p) >= _HEADING),
        titles=frozenset(_titles(secret)),
        letters=frozenset(runs(letters(listed), WITHHELD_STEP)),
        signs=frozenset(signs(folded)),
        names=_names(secret, seen),
        addresses=frozenset(_addresses(secret) - _addresses(seen)),
        files=_files(files, secret, seen),
        counts=_counts(held, shown, seen),
        pictures=frozenset([*hidden, *(exact for exact, _ in looks if exact)]),
        looks=frozenset(gradient for _, gradient in looks if gradient),
        shown=frozenset(shown_pictures),
    )
    texts = [*seen.texts, *seen.code, *seen.targets, *seen.mathml, *shown.terms.values(), *seen.names]
    said = marks([*texts, shown.slug, shown.lang])
    mirrored = frozenset(each for each in withheld.shingles if each[::-1] in said.shingles)
    return _without(replace(withheld, mirrored=mirrored), said).but(public)


def _marks(public: Iterable[str]) -> Iterator[Marks]:
    """The marks of public texts; those of a theme's files are made once."""
    short: list[str] = []
    for text in public:
        if len(text) >= _LONG or "<" in text:
            yield lasting(text)
        else:
            short.append(text)
    yield marks(short)


def _without(withheld: Withheld, public: Marks) -> Withheld:
    return replace(
        withheld,
        shingles=withheld.shingles - public.shingles,
        rare=_not_begun(withheld.rare - public.words, public.longer),
        phrases=withheld.phrases - public.phrases,
        headings=withheld.headings - public.phrases,
        titles=_without_pairs(withheld.titles, public.shingles),
        letters=withheld.letters - public.letters,
        signs=withheld.signs - public.signs,
        addresses=withheld.addresses - public.addresses,
        names=withheld.names - public.names,
        files=withheld.files - public.phrases,
    )


def _without_pairs(
    titles: frozenset[tuple[str, str]], public: frozenset[Shingle]
) -> frozenset[tuple[str, str]]:
    if not titles:
        return titles
    said = {(two, three) for _, two, three in public}
    return titles - said - {(one, two) for one, two, _ in public}


def _not_begun(rare: frozenset[str], longer: Sequence[str]) -> frozenset[str]:
    """The words with which no public word begins: a page may cut a text short within a word."""

    def begun(word: str) -> bool:
        at = bisect_left(longer, word)
        return at < len(longer) and longer[at].startswith(word)

    return frozenset(word for word in rare if not begun(word))


def _has_substance(shingle: Shingle) -> bool:
    one, two, three = shingle
    if END in shingle or len(one) + len(two) + len(three) < _SHINGLE:
        return False
    return one.isalpha() + two.isalpha() + three.isalpha() >= 2


def _rare(said: Said) -> set[str]:
    """Words of a text, TeX's commands left out."""
    texts = (_COMMAND.sub(" ", text) if "\\" in text else text for text in said.texts)
    return {word for word in words(fold(END.join(texts))) if len(word) >= RARE and word.isalpha()}


def _titles(said: Said) -> Iterator[tuple[str, str]]:
    """Titles of two words long enough not to stand anywhere by chance."""
    for title in said.headings:
        listed = words(fold(title))
        if len(listed) == 2 and sum(map(len, listed)) >= _PAIR and all(map(str.isalpha, listed)):
            yield listed[0], listed[1]


def _phrases(said: Said) -> set[str]:
    """Texts of two words, which no shingle tells; code and TeX, line by line."""
    short = [text for text in [*said.texts, *said.headings] if len(text) < 60 and 1 < len(text.split()) < 4]
    found = {phrase for phrase in phrases(fold(END.join([*short, *said.code]))) if len(phrase) >= _PHRASE}
    return {phrase for phrase in found if sum(map(str.isalpha, phrase)) >= 3}


def _names(secret: Said, seen: Said) -> frozenset[str]:
    """Names that are no name in the shown part, nor, unless they can be a word, written there."""
    names = {name.lower() for name in secret.names if len(name) >= 3}
    names -= {name.lower() for name in seen.names}
    written = END.join([*seen.texts, *seen.code]).lower()
    names.difference_update(fragments(written))
    return frozenset(name for name in names if not (is_distinct(name) and name in written))


def is_distinct(name: str) -> bool:
    """True for a name that can't be a word or two of a text."""
    return len(name) >= 6 and not name.replace("-", "").isalpha() and not name.isdigit()


def _addresses(said: Said) -> set[str]:
    linked = {address(target) for target in said.targets if _LINK.match(target.lower())}
    return {each for each in linked | addresses(END.join(said.texts)) if len(each) >= 8}


def _files(names: Iterable[str], secret: Said, seen: Said) -> frozenset[str]:
    pictures_alone = {name for name in {*secret.pictures} - {*seen.pictures} if not name.startswith("data:")}
    found = {name.rpartition("/")[2].lower() for name in [*names, *pictures_alone] if "." in name}
    public = "\n".join([*seen.texts, *seen.targets]).lower()
    return frozenset(name for name in found if name not in public)


def _counts(held: ResolvedDocument, shown: ResolvedDocument, seen: Said) -> frozenset[int]:
    """The words of the withheld part and of the whole, without and with the reference list; none that the
    shown part tells of something else."""
    (secret, listed), (here, listed_there) = (_words_of(part) for part in (held, shown))
    numbers = {secret, secret + here, secret + listed, secret + here + listed + listed_there}
    kept = {number for number in numbers - {here, here + listed_there} if number >= _LEAST_COUNT}
    return frozenset(kept.difference(number for number, _ in counted(END.join(seen.texts), kept)))


def _words_of(part: ResolvedDocument) -> tuple[int, int]:
    """The words of the body and of the reference list."""
    is_list = [ast.identifier(block) == "refs" for block in part.blocks]
    body = [block for block, listed in zip(part.blocks, is_list, strict=True) if not listed]
    return count(body), count([block for block, listed in zip(part.blocks, is_list, strict=True) if listed])


def _bytes(said: Said, document: ResolvedDocument) -> dict[str, bytes]:
    images = (document.images.get(name) for name in said.pictures)
    return {pictures.digest(image.data): image.data for image in images if image is not None}
