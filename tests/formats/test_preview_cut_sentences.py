"""Where a sentence ends, in several languages, and where it only seems to."""

from __future__ import annotations

import pytest
from tests.helpers import CITING, plain, resolved

from paperbuild.config import Amount
from paperbuild.formats.preview.cut import cut
from paperbuild.formats.preview.cut.sentences import breaker, ends
from paperbuild.inventory import promise
from paperbuild.pandoc import ast

FOUND = [
    ("en", "It is so.|Is it?|It is!|“Go,” she said.|“Go.”|He went (alone).|(He came back.)|So it was."),
    ("en-GB", "In 1990.|He was 40 years old.|“Typed. Quoted.”|An ‘end.’|Good."),
    ("de", "Das ist gut.|Ähnlich war es 1990.|Er sagte: „Ja. Nein.“|Dann ging er. »Gut.«|Ende."),
    ("fr", "Élan est là.|Était-ce vrai ?|Il a dit : « Oui. » Puis il partit.|Fin."),
    ("es", "¿Qué?|¡Sí!|¿Cómo está?|Bien."),
    ("zh", "我们来了。|他说：“走吧。”|他走了！|为什么？|（见图。）|不知道。|他说（是的。不是。）|好"),
    ("ja", "そうです。|「行こう。」|と言った。|本当？|はい。"),
    ("ar", "هذه جملة.|وهذه أخرى؟|نعم!|انتهى."),
    ("hi", "यह वाक्य है।|दूसरा वाक्य।|अन्त।"),
    ("ru", "Это так.|Вот ещё!|Конец."),
    ("th", "นี่คือประโยค นี่อีกประโยค"),
    ("en", "An emoji \U0001f600 here.|Then \U00020000 there.|End."),
]
"""Paragraphs with ``|`` between their sentences, where a space stands but in Chinese and Japanese."""
SEEMING = [
    ("en", "So say Smith et al. They are right"),
    ("en", "See Fig. 3 and Tab. 4, p. 5, pp. 6--7, No. 8, vol. 9, ch. 2 and Art. 5"),
    ("en", "Cf. Kelsen, vs. Eco, viz. Price, ibid. Doe, ed. Smith, trans. Jones, vol. II. Part"),
    ("en", "Dr. J. K. Rowling of the U.S. Army met Prof. D. Smith and Mr. T. S. Eliot at 5 p.m. London time"),
    ("en", "e.g. Kelsen and i.e. Eco and etc. And so on"),
    ("en", "He asked “Why?” and left"),
    ("en", "Why? -- he said"),
    ("en", "It stands (He said so. She did not.) here"),
    ("en", "It stands [He said so. She did not.] here"),
    ("en", "A version 3.5 of Node.js at example.Org is out"),
    ("en", "World War II. Part of it"),
    ("en", "*All of it. Is one.*"),
    ("en", "A [link. Goes on](https://x.org) here"),
    ("en", '"All of it. Is one"'),
    ("en", "Said before. [@eco2015]"),
    ("de", "Vgl. S. 5, z. B. Kelsen, d. h. Eco, u. a. Price, Nr. 5, Abb. 3, Bd. 2, Hrsg. Maier, bzw. Ende"),
    ("de", "Am 3. Mai kam Friedrich II. König von Preußen, Prof. Dr. Maier usw. Dann"),
    ("fr", "M. Dupont, cf. Durand, p. 5, éd. Seuil, n° 3, art. 2"),
    ("ru", "См. рис. 2, т. 3, с. 5, напр. Иванов"),
    ("en", "One.A second follows"),
]
"""Paragraphs of one sentence."""


@pytest.fixture(scope="module")
def paragraphs(tmp_path_factory):
    """Each of these paragraphs as pandoc reads it, by its text."""
    texts = [text for _, text in SEEMING]
    texts += [text.replace("|", "" if lang in {"zh", "ja"} else " ") for lang, text in FOUND]
    document = resolved(tmp_path_factory.mktemp("sentences"), CITING + "\n\n".join(texts) + "\n")
    blocks = [block for block in document.blocks if block["t"] == "Para"]
    return dict(zip(texts, blocks, strict=True))


def sentences(paragraph, lang):
    """The sentences of a paragraph, the last one as well."""
    found = [end.text for end in ends(paragraph["c"], breaker(lang))]
    whole = ast.plain(paragraph)
    assert whole.startswith("".join(found))
    rest = whole[len("".join(found)) :]
    return [one.replace("\u00a0", " ").strip() for one in (*found, rest)]


@pytest.mark.parametrize(("lang", "text"), FOUND)
def test_sentences_are_found(lang, text, paragraphs):
    typed = text.replace("|", "" if lang in {"zh", "ja"} else " ")
    assert sentences(paragraphs[typed], lang) == text.split("|")


@pytest.mark.parametrize(("lang", "text"), SEEMING)
def test_what_only_seems_an_end_is_none(lang, text, paragraphs):
    assert len(sentences(paragraphs[text], lang)) == 1


@pytest.mark.parametrize("style", ["chicago-author-date", "chicago-notes-bibliography", "nature"])
def test_a_note_or_citation_stays_with_its_sentence(style, tmp_path):
    text = f"{CITING}One is here.^[A note. Of two.] Two is here.[@eco2015] Three is here.\n"
    document = resolved(tmp_path, text, style)
    found = cut(document, Amount(0.3), "sentence", "visible")
    assert [item.text for item in promise(found.shown).of("note")] == ["A note. Of two."]
    assert plain(found.shown.blocks[0]) == "One is here."
    found = cut(document, Amount(0.66), "sentence", "visible")
    assert plain(found.withheld.blocks[0]).endswith("Three is here.")
    if style != "chicago-author-date":  # there, a citation in brackets after the full stop is in doubt
        assert plain(found.withheld.blocks[0]) == "Three is here."
        assert [reference.key for reference in found.shown.references] == ["eco2015"]


def test_an_anchor_stays_with_what_follows(tmp_path):
    found = cut(
        resolved(tmp_path, "One is here. []{#here}Two is here.\n"), Amount(0.5), "sentence", "visible"
    )
    assert not [node for node in ast.iterate(found.shown.blocks) if ast.identifier(node) == "here"]


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8])
def test_a_paragraph_is_parted_between_sentences(share, tmp_path):
    text = " ".join(f"Sentence {n} is *one* of ten." for n in ["one", "two", "three", "four", "five"])
    found = cut(resolved(tmp_path, f"# Head\n\n{text}\n"), Amount(share), "sentence", "visible")
    shown, held = plain(found.shown.blocks[1]), plain(found.withheld.blocks[0])
    assert f"{shown} {held}" == text.replace("*", "")
    assert shown.count(".") == round(share * 5)
    assert found.shown.blocks[1]["c"][-1]["t"] == "Str"  # no space is left at the end
    assert found.cut.share == pytest.approx((len(shown.split()) + 1) / 31)
    assert found.cut.sections == 1
    assert found.findings == ()


def test_a_chinese_paragraph_is_parted_within_a_word_of_pandocs(tmp_path):
    text = "我们来了。他走了！为什么？不知道。"
    document = resolved(tmp_path, f"---\nlang: zh\n---\n\n{text}\n")
    found = cut(document, Amount(0.5), "sentence", "visible")
    assert (plain(found.shown.blocks), plain(found.withheld.blocks)) == (
        "我们来了。他走了！",
        "为什么？不知道。",
    )
    assert found.cut.share == pytest.approx(7 / 13)
