"""What is the same on every page of a site: its address, title and language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from paperbuild.dates import written
from paperbuild.site.addresses import checked
from paperbuild.site.papers import Paper
from paperbuild.site.words import spoken, words


@dataclass(frozen=True, slots=True)
class Settings:
    """A site."""

    url: str
    """Where it is put online, ending in ``/``."""
    title: str
    lang: str
    theme: str = ""
    """The theme whose colours and fonts it has, by its name; empty for the installed one."""

    def day(self, date: str) -> str:
        """A date (``2025``, ``2025-03``, ``2025-03-14``) as it is written in the site's language."""
        return written(date, self.lang)


def settings(
    papers: Sequence[Paper], *, url: str, title: str = "", lang: str = "", theme: str = ""
) -> Settings:
    """The settings asked for; without a language, that of most papers; without a title, «Paper library».

    A language that the pages have no words in becomes English. Raises PaperbuildError for a wrong address.
    """
    most = Counter(paper.lang for paper in papers).most_common(1)
    spoken_here = spoken(lang or (most[0][0] if most else "en"))
    return Settings(checked(url), title or words(spoken_here)["library"], spoken_here, theme)
