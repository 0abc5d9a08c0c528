"""What the pages of a site say, by language. A language that is not here is served in English."""

from __future__ import annotations

from collections.abc import Mapping

_KEYS = (
    "library", "skip", "subjects", "all_papers", "search", "hint", "empty", "found", "none", "failed", "more",
    "shown", "page", "newer", "older", "feed",
)  # fmt: skip

_TABLE: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Paper library", "Skip to the content", "Subjects", "All papers", "Search",
        "Title, author, subject or abstract", "Clear", "Papers found: {count}",
        "No paper has all of these words.",
        "The search can’t be loaded at the moment. All papers are in the list.", "Show more",
        "{percent}% free to read", "Page {number} of {count}", "Newer papers", "Older papers", "News feed",
    ),
    "de": (
        "Bibliothek", "Zum Inhalt springen", "Themen", "Alle Arbeiten", "Suche",
        "Titel, Name, Thema oder Zusammenfassung", "Leeren", "Gefundene Arbeiten: {count}",
        "Keine Arbeit enthält alle diese Wörter.",
        "Die Suche kann gerade nicht geladen werden. Alle Arbeiten stehen in der Liste.", "Mehr anzeigen",
        "{percent} % frei lesbar", "Seite {number} von {count}", "Neuere Arbeiten", "Ältere Arbeiten",
        "Newsfeed",
    ),
    "fr": (
        "Bibliothèque", "Aller au contenu", "Sujets", "Tous les travaux", "Recherche",
        "Titre, auteur, sujet ou résumé", "Effacer", "Travaux trouvés : {count}",
        "Aucun travail ne contient tous ces mots.",
        "La recherche ne peut pas être chargée pour l’instant. La liste contient tous les travaux.",
        "Afficher plus", "{percent} % en lecture libre", "Page {number} sur {count}",
        "Travaux plus récents", "Travaux plus anciens", "Flux d’actualités",
    ),
    "es": (
        "Biblioteca", "Saltar al contenido", "Temas", "Todos los trabajos", "Búsqueda",
        "Título, autor, tema o resumen", "Borrar", "Trabajos encontrados: {count}",
        "Ningún trabajo contiene todas estas palabras.",
        "La búsqueda no se puede cargar en este momento. La lista contiene todos los trabajos.",
        "Mostrar más", "{percent} % de lectura libre", "Página {number} de {count}",
        "Trabajos más recientes", "Trabajos anteriores", "Canal de novedades",
    ),
    "it": (
        "Biblioteca", "Vai al contenuto", "Argomenti", "Tutti i lavori", "Ricerca",
        "Titolo, autore, argomento o riassunto", "Cancella", "Lavori trovati: {count}",
        "Nessun lavoro contiene tutte queste parole.",
        "La ricerca non può essere caricata al momento. L’elenco contiene tutti i lavori.",
        "Mostra altri", "{percent}% in lettura libera", "Pagina {number} di {count}",
        "Lavori più recenti", "Lavori precedenti", "Feed delle novità",
    ),
    "pt": (
        "Biblioteca", "Ir para o conteúdo", "Assuntos", "Todos os trabalhos", "Pesquisa",
        "Título, autor, assunto ou resumo", "Limpar", "Trabalhos encontrados: {count}",
        "Nenhum trabalho contém todas estas palavras.",
        "A pesquisa não pode ser carregada neste momento. A lista contém todos os trabalhos.",
        "Mostrar mais", "{percent}% de leitura livre", "Página {number} de {count}",
        "Trabalhos mais recentes", "Trabalhos anteriores", "Fonte de novidades",
    ),
    "ar": (
        "مكتبة الأبحاث", "انتقل إلى المحتوى", "المواضيع", "كل الأبحاث", "بحث",
        "العنوان أو المؤلف أو الموضوع أو الملخص", "مسح", "عدد الأبحاث: {count}",
        "لا يوجد بحث يضم كل هذه الكلمات.",
        "تعذر تحميل البحث الآن. كل الأبحاث موجودة في القائمة.", "عرض المزيد",
        "{percent}٪ متاح للقراءة", "الصفحة {number} من {count}", "أبحاث أحدث", "أبحاث أقدم", "موجز الأخبار",
    ),
    "zh": (
        "论文库", "跳到正文", "主题", "全部论文", "搜索", "标题、作者、主题或摘要", "清除",
        "找到的论文：{count}", "没有包含所有这些词的论文。", "目前无法加载搜索。列表中有全部论文。",
        "显示更多",
        "可免费阅读 {percent}%", "第 {number} 页，共 {count} 页", "较新的论文", "较早的论文", "新闻源",
    ),
}  # fmt: skip

_RTL = frozenset("ae ar arc ckb dv fa he iw ks nqo pnb prs ps sd syr ug ur yi".split())
_RTL_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def words(lang: str) -> Mapping[str, str]:
    """The words of the pages in a language, given as a BCP 47 tag."""
    return dict(zip(_KEYS, _TABLE.get(primary(lang)) or _TABLE["en"], strict=True))


def spoken(lang: str) -> str:
    """The language that ``words`` gives for the one asked for: the same, or English."""
    return lang if primary(lang) in _TABLE else "en"


def primary(lang: str) -> str:
    """The language of a BCP 47 tag, without its region: ``pt`` of ``pt-BR``."""
    return lang.replace("_", "-").split("-")[0].casefold()


def right_to_left(lang: str) -> bool:
    """True where a language is written from right to left: by its script, where the tag names one."""
    _, *others = lang.casefold().replace("_", "-").split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    return script in _RTL_SCRIPTS if script else primary(lang) in _RTL


def texts() -> tuple[str, ...]:
    """All that any page of any site says by itself."""
    return tuple(text for row in _TABLE.values() for text in row)
