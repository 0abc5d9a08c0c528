"""Words that the page needs in the document's own language."""

from __future__ import annotations

from collections.abc import Mapping

NAMES = (
    "figure", "table", "equation", "section", "listing", "contents", "abstract", "references", "keywords",
    "notes", "missing_picture", "works_cited", "bibliography", "back_to_citation",
)  # fmt: skip

_BY_LANGUAGE: Mapping[str, tuple[str, ...]] = {
    "en": ("Figure", "Table", "Equation", "Section", "Listing", "Contents", "Abstract", "References", "Keywords", "Notes", "picture missing", "Works Cited", "Bibliography", "Back to citation {}"),
    "de": ("Abbildung", "Tabelle", "Gleichung", "Abschnitt", "Listing", "Inhalt", "Zusammenfassung", "Literatur", "Schlagwörter", "Anmerkungen", "Bild fehlt", "Zitierte Literatur", "Literaturverzeichnis", "Zurück zum Zitat {}"),
    "fr": ("Figure", "Tableau", "Équation", "Section", "Listing", "Table des matières", "Résumé", "Références", "Mots-clés", "Notes", "image manquante", "Ouvrages cités", "Bibliographie", "Retour à la citation {}"),
    "es": ("Figura", "Tabla", "Ecuación", "Sección", "Listado", "Índice", "Resumen", "Referencias", "Palabras clave", "Notas", "falta la imagen", "Obras citadas", "Bibliografía", "Volver a la cita {}"),
    "it": ("Figura", "Tabella", "Equazione", "Sezione", "Listato", "Indice", "Sommario", "Riferimenti bibliografici", "Parole chiave", "Note", "immagine mancante", "Opere citate", "Bibliografia", "Torna alla citazione {}"),
    "pt": ("Figura", "Tabela", "Equação", "Seção", "Listagem", "Sumário", "Resumo", "Referências", "Palavras-chave", "Notas", "imagem em falta", "Obras citadas", "Bibliografia", "Voltar à citação {}"),
    "nl": ("Figuur", "Tabel", "Vergelijking", "Paragraaf", "Listing", "Inhoud", "Samenvatting", "Referenties", "Trefwoorden", "Noten", "afbeelding ontbreekt", "Geciteerde werken", "Bibliografie", "Terug naar verwijzing {}"),
    "sv": ("Figur", "Tabell", "Ekvation", "Avsnitt", "Listning", "Innehåll", "Sammanfattning", "Referenser", "Nyckelord", "Noter", "bild saknas", "Citerade verk", "Litteraturförteckning", "Tillbaka till hänvisning {}"),
    "da": ("Figur", "Tabel", "Ligning", "Afsnit", "Listing", "Indhold", "Resumé", "Referencer", "Nøgleord", "Noter", "billede mangler", "Citerede værker", "Litteraturliste", "Tilbage til henvisning {}"),
    "nb": ("Figur", "Tabell", "Ligning", "Avsnitt", "Listing", "Innhold", "Sammendrag", "Referanser", "Nøkkelord", "Noter", "bilde mangler", "Siterte verk", "Litteraturliste", "Tilbake til henvisning {}"),
    "pl": ("Rysunek", "Tabela", "Równanie", "Rozdział", "Listing", "Spis treści", "Streszczenie", "Bibliografia", "Słowa kluczowe", "Przypisy", "brak obrazu", "Prace cytowane", "Bibliografia", "Wróć do odwołania {}"),
    "cs": ("Obrázek", "Tabulka", "Rovnice", "Oddíl", "Výpis", "Obsah", "Abstrakt", "Literatura", "Klíčová slova", "Poznámky", "obrázek chybí", "Citovaná literatura", "Bibliografie", "Zpět k citaci {}"),
    "ru": ("Рисунок", "Таблица", "Уравнение", "Раздел", "Листинг", "Содержание", "Аннотация", "Литература", "Ключевые слова", "Примечания", "нет изображения", "Цитируемая литература", "Библиография", "Вернуться к ссылке {}"),
    "uk": ("Рисунок", "Таблиця", "Рівняння", "Розділ", "Лістинг", "Зміст", "Анотація", "Література", "Ключові слова", "Примітки", "немає зображення", "Цитована література", "Бібліографія", "Повернутися до посилання {}"),
    "el": ("Σχήμα", "Πίνακας", "Εξίσωση", "Ενότητα", "Κώδικας", "Περιεχόμενα", "Περίληψη", "Βιβλιογραφία", "Λέξεις-κλειδιά", "Σημειώσεις", "λείπει η εικόνα", "Έργα που παρατίθενται", "Βιβλιογραφία", "Πίσω στην παραπομπή {}"),
    "tr": ("Şekil", "Tablo", "Denklem", "Bölüm", "Liste", "İçindekiler", "Özet", "Kaynakça", "Anahtar kelimeler", "Notlar", "resim eksik", "Alıntılanan Çalışmalar", "Kaynakça", "{}. atıfa dön"),
    "zh": ("图", "表", "式", "节", "代码", "目录", "摘要", "参考文献", "关键词", "注释", "图片缺失", "引用文献", "参考书目", "返回引文 {}"),
    "ja": ("図", "表", "式", "節", "リスト", "目次", "要旨", "参考文献", "キーワード", "注", "画像がありません", "引用文献", "文献目録", "引用 {} に戻る"),
    "ko": ("그림", "표", "식", "절", "코드", "목차", "초록", "참고문헌", "주제어", "주", "그림 없음", "인용 문헌", "참고문헌 목록", "인용 {}(으)로 돌아가기"),
    "ar": ("شكل", "جدول", "معادلة", "قسم", "شيفرة", "المحتويات", "الملخص", "المراجع", "الكلمات المفتاحية", "الهوامش", "الصورة مفقودة", "الأعمال المستشهد بها", "ببليوغرافيا", "العودة إلى الاقتباس {}"),
    "he": ("איור", "טבלה", "משוואה", "סעיף", "קוד", "תוכן העניינים", "תקציר", "מקורות", "מילות מפתח", "הערות", "התמונה חסרה", "יצירות מצוטטות", "ביבליוגרפיה", "חזרה לאזכור {}"),
    "fa": ("شکل", "جدول", "معادله", "بخش", "کد", "فهرست", "چکیده", "منابع", "کلیدواژه‌ها", "یادداشت‌ها", "تصویر موجود نیست", "آثار استنادشده", "کتاب‌نامه", "بازگشت به ارجاع {}"),
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
