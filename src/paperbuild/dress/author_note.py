"""The author note: authors' ORCID iDs, and to whom to write (APA 7, 2.7)."""

from __future__ import annotations

from collections.abc import Sequence

from paperbuild.model import Author

_WORDS = {
    "en": ("Author Note", "Correspondence concerning this article should be addressed to {}.", "Email"),
    "de": ("Autorenhinweis", "Korrespondenz zu diesem Artikel ist zu richten an {}.", "E-Mail"),
    "fr": (
        "Note de l’auteur",
        "La correspondance concernant cet article doit être adressée à {}.",
        "Courriel",
    ),
    "es": (
        "Nota de autor",
        "La correspondencia relativa a este artículo debe dirigirse a {}.",
        "Correo electrónico",
    ),
    "it": ("Nota dell’autore", "La corrispondenza relativa a questo articolo va indirizzata a {}.", "E-mail"),
    "pt": ("Nota do autor", "A correspondência relativa a este artigo deve ser enviada a {}.", "E-mail"),
    "nl": ("Noot van de auteur", "Correspondentie over dit artikel kan worden gericht aan {}.", "E-mail"),
}
"""Its title, the sentence that says to whom to write, and the word before the address, by language."""


def title(lang: str) -> str:
    """The words over the note; English where the language is not known."""
    return _WORDS.get(lang.partition("-")[0].lower(), _WORDS["en"])[0]


def paragraphs(authors: Sequence[Author], lang: str) -> list[str]:
    """One for each ORCID iD, and one with the first author who has an address; perhaps none."""
    found = [
        f"{author.name} https://orcid.org/{author.orcid.rsplit('/', 1)[-1]}"
        for author in authors
        if author.orcid
    ]
    reached = next((author for author in authors if author.email), None)
    if reached:
        _, sentence, word = _WORDS.get(lang.partition("-")[0].lower(), ("", "{}.", "Email"))
        whom = ", ".join([reached.name, *reached.affiliations])
        found.append(f"{sentence.format(whom)} {word}: {reached.email}")
    return found
