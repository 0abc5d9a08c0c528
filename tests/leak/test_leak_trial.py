"""The trial: whatever of the withheld is planted in a preview's files, in whatever disguise, is found."""

from __future__ import annotations

import base64
import codecs
import gzip
import html
import io
import json
import quopri
import re
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from PIL import Image, PngImagePlugin
from tests.helpers import manuscript
from tests.leak.paper import ARABIC, CHINESE, FILES, PLAIN, SENTENCE, TEXT, at, chart, export
from tests.leak.paper import planned as resolved

from paperbuild.leak import leaks


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    return export(tmp_path_factory.mktemp("paper"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The article of the same paper when all of it is shown."""
    page = export(tmp_path_factory.mktemp("whole"), show=1).page
    return page[page.index("<article") : page.rindex("</article>") + len("</article>")]


def found(paper, data, name="paper.preview.html"):
    return [finding.message for finding in leaks(name, data, paper.withheld)]


def b64(data):
    return base64.b64encode(data.encode() if isinstance(data, str) else data).decode()


def each(form):
    return lambda text: "".join(form.format(ord(sign), sign) for sign in text)


def apart(tag, between=""):
    return lambda text: between.join(f"<{tag}>{html.escape(sign)}</{tag}>" for sign in text)


def worded(tag):
    return lambda text: "".join(f"<{tag}>{word}</{tag}>" for word in text.split())


def mapped(source, target):
    return lambda text: text.translate(str.maketrans(source, target))


def bold(text):
    return "".join(chr(0x1D41A + ord(sign) - 97) if "a" <= sign <= "z" else sign for sign in text.lower())


def wrapped(text):
    return base64.encodebytes((text * 3).encode()).decode()


def raw_deflate(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


ENCODINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "named entities": lambda text: text.replace(",", "&comma;").replace(" ", "&nbsp;").replace("a", "&#97;"),
    "decimal entities": each("&#{0};"),
    "hexadecimal entities": each("&#x{0:x};"),
    "entities encoded twice": lambda text: html.escape(each("&#{0};")(text)),
    "percent": lambda text: "".join(f"%{octet:02X}" for octet in text.encode()),
    "percent, words alone": quote,
    "percent, plus": quote_plus,
    "percent twice": lambda text: quote(quote(text)),
    "percent, as escape() writes": each("%u{0:04x}"),
    "\\u escapes": each("\\u{0:04x}"),
    "\\u{} escapes": each("\\u{{{0:x}}}"),
    "\\x escapes": each("\\x{0:02x}"),
    "CSS escapes": each("\\{0:x} "),
    "CSS escapes, six digits": each("\\{0:06x}"),
    "JSON in JSON": lambda text: json.dumps(json.dumps({"a": "\u00e9" + text})),
    "base64": b64,
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "base64 in lines": wrapped,
    "base64 twice": lambda text: b64(b64(text)),
    "base64 of UTF-16": lambda text: b64(text.encode("utf-16-le")),
    "base64 of gzip": lambda text: b64(gzip.compress(text.encode())),
    "base64 of zlib": lambda text: b64(zlib.compress(text.encode())),
    "base64 of deflate": lambda text: b64(raw_deflate(text.encode() * 2)),
    "base64 of ROT13": lambda text: b64(codecs.encode(text, "rot13")),
    "base64 of entities": lambda text: b64(each("&#{0};")(text)),
    "hexadecimal": lambda text: text.encode().hex(),
    "hexadecimal with spaces": lambda text: text.encode().hex(" "),
    "character codes": lambda text: ",".join(str(ord(sign)) for sign in text),
    "quoted-printable": lambda text: quopri.encodestring(("é " + text).encode(), quotetabs=True).decode(),
    "quoted-printable, each octet": lambda text: "".join(f"={octet:02X}" for octet in text.encode()),
    "ROT13": lambda text: codecs.encode(text, "rot13"),
    "letters reversed": lambda text: text[::-1],
    "words reversed": lambda text: " ".join(text.split()[::-1]),
    "soft hyphens": "\u00ad".join,
    "zero width spaces": "\u200b".join,
    "zero width joiners": "\u200d".join,
    "combining marks": "\u0336".join,
    "spaces between letters": " ".join,
    "dots between letters": ".".join,
    "full width": lambda text: "".join(chr(ord(s) + 0xFEE0) if "!" <= s <= "~" else s for s in text),
    "mathematical letters": bold,
    "circled letters": lambda text: "".join(
        chr(0x24D0 + ord(s) - 97) if "a" <= s <= "z" else s for s in text.lower()
    ),
    "Cyrillic look-alikes": mapped("aceopxyiTHB", "асеорхуіТНВ"),
    "Greek look-alikes": mapped("aoviuTHEB", "αονιυΤΗΕΒ"),
    "data address, base64": lambda text: f"data:text/html;base64,{b64(f'<p>{text}</p>')}",
    "data address, percent": lambda text: f"data:text/html,{quote(f'<p>{text}</p>')}",
    "data address in base64 in a data address": lambda text: (
        "data:text/css;base64,"
        + b64(f"a{{background:url(data:image/svg+xml,{quote(f'<svg><title>{text}</title></svg>')})}}")
    ),
    "escaped markup": lambda text: html.escape(f"<p>{text.replace('a', '<b>a</b>')}</p>"),
    "texts joined by a script": lambda text: "' + '".join(re.findall(r".{1,5}", text)),
}

MARKUP: dict[str, Callable[[str], str]] = {
    "empty elements between letters": "<b></b>".join,
    "each letter in a span": apart("span"),
    "each letter in a div": apart("div"),
    "each letter in a div, lines between": apart("div", "\n"),
    "each word in a div": worded("div"),
    "each word in a span": worded("span"),
    "wbr between letters": "<wbr>".join,
    "comments between letters": "<!-- -->".join,
    "text direction": lambda text: f'<bdo dir="rtl">{text[::-1]}</bdo>',
    "ruby": lambda text: f"<ruby>{text}<rt>x</rt></ruby>",
}

SCRIPT = "</main>\n<script>const later = '{}';</script>"
PLACES: dict[str, str] = {
    "paragraph": "<p>{}</p></main>",
    "contents list": '<nav><ul><li><a href="#x">{}</a></li></ul></nav></main>',
    "note": '<ol><li id="fn-9">{}</li></ol></main>',
    "comment": "<!-- {} --></main>",
    "template": "<template><p>{}</p></template></main>",
    "noscript": "<noscript><p>{}</p></noscript></main>",
    "hidden": "<p hidden>{}</p></main>",
    "display none": '<div style="display:none">{}</div></main>',
    "details": "<details><summary>…</summary>{}</details></main>",
    "blurred": '<div style="filter:blur(8px)">{}</div></main>',
    "white": '<p style="color:#fff">{}</p></main>',
    "overflow hidden": '<div style="max-height:0;overflow:hidden">{}</div></main>',
    "aria-hidden": '<span aria-hidden="true">{}</span></main>',
    "textarea": "<textarea>{}</textarea></main>",
    "select": "<select><option>{}</select></main>",
    "iframe": '<iframe srcdoc="{}"></iframe></main>',
    "CDATA": "<svg><![CDATA[{}]]></svg></main>",
    "SVG title": "<svg><title>{}</title></svg></main>",
    "SVG metadata": "<svg><metadata>{}</metadata></svg></main>",
    "SVG text": '<svg><text x="1"><tspan>{}</tspan></text></svg></main>',
    "unfinished tag": "<p title='{}</main>",
    "data attribute": '<p data-rest="{}"></p></main>',
    "alternative text": '<img alt="{}"></main>',
    "title attribute": '<p title="{}"></p></main>',
    "unknown attribute": "<p x-y='{}'></p></main>",
    "value": '<input type="hidden" value="{}"></main>',
    "link target": '<a href="?q={}">more</a></main>',
    "srcset": '<img srcset="a.png?{} 2x"></main>',
    "meta description": '<meta name="description" content="{}"></main>',
    "OpenGraph": '<meta property="og:description" content="{}"></main>',
    "script": SCRIPT,
    "script's comment": "<script>/* {} */</script></main>",
    "JSON-LD": '<script type="application/ld+json">{{"articleBody": "{}"}}</script></main>',
    "JSON in a script": '<script type="application/json">["x", {{"y": ["{}"]}}]</script></main>',
    "style comment": "<style>/* {} */</style></main>",
    "style content": '<style>p::after {{ content: "{}" }}</style></main>',
    "style variable": "<style>:root {{ --rest: '{}' }}</style></main>",
    "after the page": "</main>\n{}",
    "processing instruction": "<?rest {}?></main>",
}
UNIVERSAL = ["as it is", "decimal entities", "base64"]


def planted(paper, place, secret):
    page = paper.page
    assert "</main>" in page
    return page.replace(
        "</main>", PLACES[place].replace("{{", "{").replace("}}", "}").replace("{}", secret), 1
    )


def test_the_untouched_files_have_no_leak(paper):
    assert paper.findings == []
    for name, data in paper.files.items():
        assert found(paper, data, name) == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("encoding", UNIVERSAL)
def test_a_sentence_is_found_in_each_place(encoding, place, paper):
    page = planted(paper, place, ENCODINGS[encoding](SENTENCE))
    assert found(paper, page.encode())


@pytest.mark.parametrize("place", ["paragraph", "data attribute", "script"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_sentence_is_found_in_each_encoding(encoding, place, paper):
    page = planted(paper, place, ENCODINGS[encoding](SENTENCE))
    assert found(paper, page.encode())


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_common_words_are_found_by_their_order(encoding, paper):
    assert found(paper, planted(paper, "paragraph", ENCODINGS[encoding](PLAIN)).encode())


@pytest.mark.parametrize("secret", [SENTENCE, PLAIN], ids=["sentence", "common words"])
@pytest.mark.parametrize("form", MARKUP)
def test_a_sentence_is_found_in_pieces(form, secret, paper):
    assert found(paper, planted(paper, "paragraph", MARKUP[form](secret)).encode())


@pytest.mark.parametrize("encoding", ["as it is", "base64", "decimal entities", "\\u escapes", "percent"])
@pytest.mark.parametrize("secret", [CHINESE, ARABIC], ids=["Chinese", "Arabic"])
def test_other_scripts_are_found(secret, encoding, paper):
    assert found(paper, planted(paper, "paragraph", ENCODINGS[encoding](secret)).encode())


CHARSETS = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-8-sig"]


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("secret", [SENTENCE, PLAIN, ARABIC], ids=["sentence", "common words", "Arabic"])
def test_a_sentence_is_found_in_each_charset(secret, charset, paper):
    page = f"<title>Page</title><p>Nothing of the paper stands here, nothing at all.</p><p>{secret}</p>"
    assert found(paper, page.encode(charset))
    assert not found(paper, page.replace(secret, "").encode(charset))


def test_latin_1_is_read(paper):
    assert found(paper, planted(paper, "paragraph", "é " + SENTENCE).encode("latin-1", errors="replace"))


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, raw_deflate])
def test_a_sentence_is_found_in_a_compressed_file(pack, paper):
    assert found(paper, pack(planted(paper, "paragraph", SENTENCE).encode()))
    assert not found(paper, pack(paper.page.encode()))


def test_a_sentence_is_found_in_an_archive(paper):
    """As in a Word file that a page offers as a data address."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:t>{SENTENCE}</w:t>")
    assert found(paper, out.getvalue(), "x.docx")
    link = f'<a href="data:application/octet-stream;base64,{b64(out.getvalue())}">x</a>'
    assert found(paper, planted(paper, "paragraph", link).encode())


@pytest.mark.parametrize(("charset", "secret"), [("gb18030", CHINESE), ("windows-1256", ARABIC)])
@pytest.mark.parametrize("form", ["<meta charset={}>", "<?xml version='1.0' encoding='{}'?>"])
def test_a_charset_that_a_file_names_is_read(form, charset, secret, paper):
    page = (
        form.format(charset) + f"<title>Page</title><p>Nothing of the paper is here.</p><p>{secret}</p>" * 2
    )
    assert found(paper, page.encode(charset))
    assert not found(paper, page.replace(secret, "").encode(charset))


def test_a_charset_that_nobody_knows_is_no_failure(paper):
    for name in ("nonsense", "base64", "idna", "undefined"):
        page = f"<meta charset={name}><p>caf\xe9 and nothing else of the paper stands here</p>"
        assert not found(paper, page.encode("latin-1"))


DECORATED = ["Next: Other water", "Other water (members only)", "2.1 Other water … 12", "Up next Other water"]


@pytest.mark.parametrize("line", DECORATED)
def test_a_title_of_common_words_is_found_in_a_line(line, tmp_path):
    text = TEXT.replace("## His end", "## Other water")
    titled = at(resolved(manuscript(tmp_path, text, FILES)), 0.5, "section")
    assert found(titled, titled.page.replace("</main>", f"<p>{line}</p></main>").encode())
    assert not found(titled, titled.page.encode())
    assert not leaks(
        "x.html", f"<p>{line}</p>".encode(), titled.withheld.but(["The other water, of the moat."])
    )


def test_a_sentence_is_found_in_brotli(paper):
    brotli = pytest.importorskip("brotli")
    assert found(paper, brotli.compress((SENTENCE * 2).encode()))
    assert found(paper, planted(paper, "paragraph", b64(brotli.compress(SENTENCE.encode() * 2))).encode())


SMALL = {
    "title of a section": "<li>Forged entries in the ledger</li>",
    "short title of a section": "<li>His end</li>",
    "numbered short title": "<li>2.1 His end</li>",
    "short title in a script's object": '<script>show({"headline":"His end"})</script>',
    "short title in a script's list": '<script>show(["The port","His end"])</script>',
    "short title in an attribute": '<a aria-label="His end">x</a>',
    "word of a cell": "<p>saltpetre</p>",
    "cell": "<td>cochineal dye</td>",
    "caption": "<p>Smuggled cargo by month</p>",
    "table's caption": "<p>Confiscated goods</p>",
    "description of a picture": '<img alt="Contraband peaks">',
    "text of a drawing": "<p>Warehouse</p>",
    "note": "<p>A surgeon</p><p>who testified</p>",
    "reference": "<p>Networks of Scientific Papers</p>",
    "author of a reference": "<p>Price, Derek: Networks</p>",
    "anchor of a reference": '<a href="#ref-price1965">x</a>',
    "key of a reference": '<p data-cites="price1965">x</p>',
    "DOI": "<p>10.1126/science.149.3683.510</p>",
    "DOI as a link": '<a href="https://doi.org/10.1126/science.149.3683.510">x</a>',
    "address": '<a href="https://vault.example.org/folio/33">x</a>',
    "address without a scheme": "<p>see vault.example.org/folio/33</p>",
    "id": '<i id="ledger-77"></i>',
    "link to an id": '<a href="#ledger-77">x</a>',
    "link to an id of another page": '<a href="/papers/1#ledger-77">x</a>',
    "id in a script": "<script>open('ledger-77')</script>",
    "id in a style": "<style>#ledger-77 { color: red }</style>",
    "id encoded": '<a href="#ledger%2D77">x</a>',
    "id of a figure": '<a href="#fig:cargo-88">x</a>',
    "id without digits": '<h2 id="his-end">x</h2>',
    "class": '<p class="wide vaultmark">x</p>',
    "TeX": "<math alttext='\\Theta_{q} = \\frac{\\kappa r^{3}}{1 + \\lambda q}'></math>",
    "TeX with other spaces": "<annotation>\\Theta_{q}=\\frac{\\kappa r^{3}}{1+\\lambda q}</annotation>",
    "line of code": "<pre>def unmask_warden(tally): return tally.reconcile(lantern=True)</pre>",
    "name in code": "<p>unmask_warden</p>",
    "name of a picture": '<img src="hidden.png">',
    "PDF": '<a href="paper.pdf">x</a>',
    "PDF, far away": '<a href="https://cdn.example.org/files/paper.pdf?v=3">x</a>',
    "PDF, encoded": '<a href="paper%2Epdf">x</a>',
    "PDF, mentioned": "<!-- made of paper.pdf -->",
    "Word": '<link rel="alternate" href="/paper.docx">',
    "manuscript": '<a href="https://code.example.org/edit/main/paper.md">Edit this page</a>',
    "members' page": '<link rel="next" href="paper.page.html">',
    "members' page, loaded": "<script>fetch('./paper.page.html')</script>",
    "word in capitals": "<p>SALTPETRE</p>",
    "word in look-alikes": "<p>sаltреtrе</p>",
    "word in spaced letters": "<p>s a l t p e t r e</p>",
    "word in letters in elements": "<p>" + apart("div")("saltpetre") + "</p>",
    "word with a comment in it": "<p>salt<!-- -->petre</p>",
}


@pytest.mark.parametrize("small", SMALL)
def test_small_things_are_found(small, paper):
    page = paper.page.replace("</main>", SMALL[small] + "</main>", 1)
    assert found(paper, page.encode())


COUNTS = [
    '<p data-words="{}">x</p>',
    '<p data-word-count="{}">x</p>',
    '<script type="application/ld+json">{{"wordCount": {}}}</script>',
    '<script type="application/ld+json">{{"wordCount": "{}"}}</script>',
    "<p>{} words</p>",
    "<p>read the remaining {} words</p>",
    '<meta name="words" content="{} words">',
    '<meta itemprop="wordCount" content="{}">',
    "<p>{} additional words</p>",
    "<p>Wortzahl: {}</p>",
    "<p>{} слов</p>",
    "<p>全文{}字</p>",
]


@pytest.mark.parametrize("form", COUNTS)
def test_how_many_words_are_withheld_is_found(form, paper):
    for number in paper.withheld.counts:
        said = form.replace("{{", "{").replace("}}", "}").replace("{}", str(number))
        assert found(paper, paper.page.replace("</main>", said + "</main>", 1).encode())
    assert paper.withheld.counts
    other = form.replace("{{", "{").replace("}}", "}").replace("{}", str(max(paper.withheld.counts) + 3))
    assert not found(paper, paper.page.replace("</main>", other + "</main>", 1).encode())


def png_with(text, chunk):
    info = PngImagePlugin.PngInfo()
    if chunk == "iTXt":
        info.add_itxt("Comment", text, zip=True)
    else:
        info.add_text("Comment", text, zip=chunk == "zTXt")
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def jpeg_with(text):
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "JPEG", comment=text.encode())
    return out.getvalue()


def exif_with(text):
    out = io.BytesIO()
    image = Image.new("RGB", (8, 8), "white")
    exif = image.getexif()
    exif[0x010E] = text
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def resaved(kind, **options):
    out = io.BytesIO()
    Image.open(io.BytesIO(FILES["hidden.png"])).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def resized(factor):
    image = Image.open(io.BytesIO(FILES["hidden.png"])).convert("RGB")
    out = io.BytesIO()
    image.resize((int(image.width * factor), int(image.height * factor))).save(out, "PNG")
    return out.getvalue()


PICTURES: dict[str, Callable[[], bytes]] = {
    "the file": lambda: FILES["hidden.png"],
    "the drawing": lambda: FILES["hidden.svg"],
    "saved again": lambda: resaved("PNG", compress_level=1),
    "as WebP": lambda: resaved("WEBP", lossless=True),
    "as JPEG": lambda: resaved("JPEG", quality=80),
    "larger": lambda: resized(2),
    "smaller": lambda: resized(0.7),
    "tEXt": lambda: png_with(SENTENCE, "tEXt"),
    "zTXt": lambda: png_with(SENTENCE, "zTXt"),
    "iTXt": lambda: png_with(SENTENCE, "iTXt"),
    "after a PNG": lambda: chart(5) + SENTENCE.encode(),
    "JPEG COM": lambda: jpeg_with(SENTENCE),
    "EXIF": lambda: exif_with(SENTENCE),
    "after a JPEG": lambda: chart(5, "JPEG") + gzip.compress(SENTENCE.encode()),
    "in a GIF": lambda: chart(5, "GIF") + SENTENCE.encode(),
}


@pytest.mark.parametrize("picture", PICTURES)
def test_pictures_are_known_again(picture, paper):
    data = PICTURES[picture]()
    assert found(paper, data, "image.png")
    page = paper.page.replace("</main>", f'<img src="data:image/png;base64,{b64(data)}"></main>', 1)
    assert found(paper, page.encode())


def test_other_pictures_are_no_leak(paper):
    for seed in range(20, 40):
        assert not found(paper, chart(seed, "JPEG" if seed % 2 else "PNG"), "image.png")
    assert not found(paper, FILES["shown.png"], "image.png")


TRUNCATIONS = {
    "display none": "<div class=rest style='display:none'>{}</div>",
    "details": "<details><summary>More</summary>{}</details>",
    "blur": "<style>.rest {{ filter: blur(9px) }}</style><div class=rest>{}</div>",
    "cut by a script": "{}<script>document.querySelector('article').remove()</script>",
    "white": "<div style='color:white'>{}</div>",
    "overflow hidden": "<div style='height:1em;overflow:hidden'>{}</div>",
    "hidden": "<div hidden>{}</div>",
    "noscript": "<noscript>{}</noscript>",
    "template": "<template>{}</template>",
    "comment": "<!--{}-->",
    "off the page": "<div style='position:absolute;left:-9999px'>{}</div>",
}


@pytest.mark.parametrize("way", TRUNCATIONS)
def test_a_page_that_only_hides_the_rest_leaks(way, paper, whole):
    hidden = TRUNCATIONS[way].replace("{{", "{").replace("}}", "}").replace("{}", whole)
    assert found(paper, paper.page.replace("</main>", hidden + "</main>", 1).encode())


WHOLE: dict[str, Callable[[str], str]] = {
    "JSON-LD": lambda text: (
        f'<script type="application/ld+json">{json.dumps({"articleBody": text})}</script>'
    ),
    "a script's string": lambda text: f"<script>const all = {json.dumps(text)}</script>",
    "escaped for a script": lambda text: (
        "<script>const all = '"
        + text.replace("<", "\\x3c").replace("\n", "\\n").replace("'", "\\'")
        + "'</script>"
    ),
    "base64": lambda text: f"<script>show(atob('{b64(text)}'))</script>",
    "gzip in base64": lambda text: f"<script>show('{b64(gzip.compress(text.encode()))}')</script>",
    "percent": lambda text: f"<script>show(unescape('{quote(text)}'))</script>",
    "srcdoc": lambda text: f'<iframe srcdoc="{html.escape(text)}"></iframe>',
}


@pytest.mark.parametrize("way", WHOLE)
def test_the_whole_article_in_a_string_leaks(way, paper, whole):
    data = paper.page.replace("</main>", WHOLE[way](whole) + "</main>", 1)
    assert found(paper, data.encode())


FEED = "<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns='http://www.w3.org/2005/Atom'><entry>{}</entry></feed>"
MAP = "<?xml version='1.0' encoding='utf-8'?>\n<urlset><url><loc>https://example.org/{}</loc></url></urlset>"
OTHERS = {
    "feed.xml, text": FEED.format(f"<summary>{SENTENCE}</summary>"),
    "feed.xml, HTML": FEED.format(f"<content type='html'>{html.escape(f'<p>{SENTENCE}</p>')}</content>"),
    "feed.xml, CDATA": FEED.format(f"<content><![CDATA[<p>{SENTENCE}</p>]]></content>"),
    "feed.xml, title": FEED.format("<title>His end</title>"),
    "sitemap.xml, members' page": MAP.format("paper/paper.page.html"),
    "sitemap.xml, PDF": MAP.format("paper/paper.pdf"),
    "sitemap.xml, anchor": MAP.format("paper/#ledger-77"),
    "search.json": json.dumps([{"title": "Tide Tables", "text": SENTENCE}]),
    "search.json, words": json.dumps({"words": {"tides": [1], "saltpetre": [1]}}),
    "search.js": f"const index = {json.dumps([SENTENCE.split()])};",
    "page.preview.json, HTML": json.dumps({"html": f"<p>{SENTENCE.replace('a', '<b>a</b>')}</p>"}),
    "page.preview.json, headings": json.dumps({"outline": ["The port", "His end"]}),
    "page.preview.json, ids": json.dumps({"outline": [{"id": "his-end"}]}),
    "page.preview.json, one word after the other": json.dumps(
        {f"w{number}": word for number, word in enumerate(SENTENCE.split())}
    ),
    "theme.css": f"p {{ content: '{SENTENCE}' }}",
    "page.js": f"export default `{SENTENCE}`;",
    "robots.txt": "Disallow: /paper.pdf",
    "llms.txt": SENTENCE,
    "paper.md": f"# Tide Tables\n\n{PLAIN}\n",
    "unknown.bin": "\x01\x02\x00\x7f" * 9 + SENTENCE + "\x00\x03" * 9,
}


@pytest.mark.parametrize("name", OTHERS)
def test_files_of_other_kinds_are_searched(name, paper):
    assert found(paper, OTHERS[name].encode(), name.partition(",")[0])


def test_the_record_is_searched_as_the_page_is(paper):
    (name,) = (name for name in paper.files if name.endswith(".json"))
    record = json.loads(paper.files[name])
    record["extra"] = {"inner": [f"<p>{SENTENCE}</p>"]}
    assert found(paper, json.dumps(record).encode(), name)


def test_a_finding_says_what_where_and_in_what_disguise(paper):
    (first, *_) = leaks("x.html", f'<p title="{b64(SENTENCE)}">x</p>'.encode(), paper.withheld)
    assert (first.severity, first.check) == ("error", "paywall")
    assert "x.html" in first.message
    assert "base64" in first.message
    assert "harbour warden falsified" in first.message
    (other, *_) = leaks("x.html", f'<p title="{SENTENCE}">x</p>'.encode(), paper.withheld)
    assert "an attribute" in other.message


def test_there_are_few_findings_and_a_number(paper, whole):
    said = found(paper, whole.encode())
    assert len(said) == 11
    assert re.match(r"and \d+ more", said[-1])
