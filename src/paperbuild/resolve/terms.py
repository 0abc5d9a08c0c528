"""Words that the page needs in the document's own language."""

from __future__ import annotations

from collections.abc import Mapping

NAMES = (
    "figure", "table", "equation", "section", "listing", "contents", "abstract", "references", "keywords",
    "notes", "missing_picture",
)  # fmt: skip

_BY_LANGUAGE: Mapping[str, tuple[str, ...]] = {
    "en": ("Figure", "Table", "Equation", "Section", "Listing", "Contents", "Abstract", "References", "Keywords", "Notes", "picture missing"),
    "de": ("Abbildung", "Tabelle", "Gleichung", "Abschnitt", "Listing", "Inhalt", "Zusammenfassung", "Literatur", "Schlagwörter", "Anmerkungen", "Bild fehlt"),
    "fr": ("Figure", "Tableau", "Équation", "Section", "Listing", "Table des matières", "Résumé", "Références", "Mots-clés", "Notes", "image manquante"),
    "es": ("Figura", "Tabla", "Ecuación", "Sección", "Listado", "Índice", "Resumen", "Referencias", "Palabras clave", "Notas", "falta la imagen"),
    "it": ("Figura", "Tabella", "Equazione", "Sezione", "Listato", "Indice", "Sommario", "Riferimenti bibliografici", "Parole chiave", "Note", "immagine mancante"),
    "pt": ("Figura", "Tabela", "Equação", "Seção", "Listagem", "Sumário", "Resumo", "Referências", "Palavras-chave", "Notas", "imagem em falta"),
    "nl": ("Figuur", "Tabel", "Vergelijking", "Paragraaf", "Listing", "Inhoud", "Samenvatting", "Referenties", "Trefwoorden", "Noten", "afbeelding ontbreekt"),
    "sv": ("Figur", "Tabell", "Ekvation", "Avsnitt", "Listning", "Innehåll", "Sammanfattning", "Referenser", "Nyckelord", "Noter", "bild saknas"),
    "da": ("Figur", "Tabel", "Ligning", "Afsnit", "Listing", "Indhold", "Resumé", "Referencer", "Nøgleord", "Noter", "billede mangler"),
    "nb": ("Figur", "Tabell", "Ligning", "Avsnitt", "Listing", "Innhold", "Sammendrag", "Referanser", "Nøkkelord", "Noter", "bilde mangler"),
    "pl": ("Rysunek", "Tabela", "Równanie", "Rozdział", "Listing", "Spis treści", "Streszczenie", "Bibliografia", "Słowa kluczowe", "Przypisy", "brak obrazu"),
    "cs": ("Obrázek", "Tabulka", "Rovnice", "Oddíl", "Výpis", "Obsah", "Abstrakt", "Literatura", "Klíčová slova", "Poznámky", "obrázek chybí"),
    "ru": ("Рисунок", "Таблица", "Уравнение", "Раздел", "Листинг", "Содержание", "Аннотация", "Литература", "Ключевые слова", "Примечания", "нет изображения"),
    "uk": ("Рисунок", "Таблиця", "Рівняння", "Розділ", "Лістинг", "Зміст", "Анотація", "Література", "Ключові слова", "Примітки", "немає зображення"),
    "el": ("Σχήμα", "Πίνακας", "Εξίσωση", "Ενότητα", "Κώδικας", "Περιεχόμενα", "Περίληψη", "Βιβλιογραφία", "Λέξεις-κλειδιά", "Σημειώσεις", "λείπει η εικόνα"),
    "tr": ("Şekil", "Tablo", "Denklem", "Bölüm", "Liste", "İçindekiler", "Özet", "Kaynakça", "Anahtar kelimeler", "Notlar", "resim eksik"),
    "zh": ("图", "表", "式", "节", "代码", "目录", "摘要", "参考文献", "关键词", "注释", "图片缺失"),
    "ja": ("図", "表", "式", "節", "リスト", "目次", "要旨", "参考文献", "キーワード", "注", "画像がありません"),
    "ko": ("그림", "표", "식", "절", "코드", "목차", "초록", "참고문헌", "주제어", "주", "그림 없음"),
    "ar": ("شكل", "جدول", "معادلة", "قسم", "شيفرة", "المحتويات", "الملخص", "المراجع", "الكلمات المفتاحية", "الهوامش", "الصورة مفقودة"),
    "he": ("איור", "טבלה", "משוואה", "סעיף", "קוד", "תוכן העניינים", "תקציר", "מקורות", "מילות מפתח", "הערות", "התמונה חסרה"),
    "fa": ("شکل", "جدول", "معادله", "بخش", "کد", "فهرست", "چکیده", "منابع", "کلیدواژه‌ها", "یادداشت‌ها", "تصویر موجود نیست"),
}  # fmt: skip

_RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv"})


def terms(lang: str) -> Mapping[str, str]:
    """The words by name, in a BCP 47 language; English where the language is not known."""
    base = lang.replace("_", "-").split("-")[0].lower()
    words = _BY_LANGUAGE.get({"no": "nb", "nn": "nb"}.get(base, base), _BY_LANGUAGE["en"])
    return dict(zip(NAMES, words, strict=True))


def right_to_left(lang: str) -> bool:
    """True where the language is written from right to left."""
    return lang.split("-", 1)[0].lower() in _RIGHT_TO_LEFT
