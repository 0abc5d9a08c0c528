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

_PLURALS: Mapping[str, tuple[str, ...]] = {
    "en": ("Figures", "Tables", "Equations", "Sections", "Listings"),
    "de": ("Abbildungen", "Tabellen", "Gleichungen", "Abschnitte", "Listings"),
    "fr": ("Figures", "Tableaux", "Équations", "Sections", "Listings"),
    "es": ("Figuras", "Tablas", "Ecuaciones", "Secciones", "Listados"),
    "it": ("Figure", "Tabelle", "Equazioni", "Sezioni", "Listati"),
    "pt": ("Figuras", "Tabelas", "Equações", "Seções", "Listagens"),
    "nl": ("Figuren", "Tabellen", "Vergelijkingen", "Paragrafen", "Listings"),
    "sv": ("Figurer", "Tabeller", "Ekvationer", "Avsnitt", "Listningar"),
    "da": ("Figurer", "Tabeller", "Ligninger", "Afsnit", "Listinger"),
    "nb": ("Figurer", "Tabeller", "Ligninger", "Avsnitt", "Listinger"),
    "pl": ("Rysunki", "Tabele", "Równania", "Rozdziały", "Listingi"),
    "cs": ("Obrázky", "Tabulky", "Rovnice", "Oddíly", "Výpisy"),
    "ru": ("Рисунки", "Таблицы", "Уравнения", "Разделы", "Листинги"),
    "uk": ("Рисунки", "Таблиці", "Рівняння", "Розділи", "Лістинги"),
    "el": ("Σχήματα", "Πίνακες", "Εξισώσεις", "Ενότητες", "Κώδικες"),
    "tr": ("Şekil", "Tablo", "Denklem", "Bölüm", "Liste"),
    "zh": ("图", "表", "式", "节", "代码"),
    "ja": ("図", "表", "式", "節", "リスト"),
    "ko": ("그림", "표", "식", "절", "코드"),
    "ar": ("الأشكال", "الجداول", "المعادلات", "الأقسام", "الشيفرات"),
    "he": ("איורים", "טבלאות", "משוואות", "סעיפים", "קטעי קוד"),
    "fa": ("شکل‌های", "جدول‌های", "معادله‌های", "بخش‌های", "کدهای"),
}  # fmt: skip
"""What several figures, tables, equations, sections and listings are called before their numbers."""

THEOREMS = (
    "theorem", "lemma", "corollary", "proposition", "conjecture", "definition", "example", "exercise", "algorithm",
)  # fmt: skip

_THEOREMS: Mapping[str, tuple[str, ...]] = {
    "en": ("Theorem", "Lemma", "Corollary", "Proposition", "Conjecture", "Definition", "Example", "Exercise", "Algorithm"),
    "de": ("Satz", "Lemma", "Korollar", "Proposition", "Vermutung", "Definition", "Beispiel", "Übung", "Algorithmus"),
    "fr": ("Théorème", "Lemme", "Corollaire", "Proposition", "Conjecture", "Définition", "Exemple", "Exercice", "Algorithme"),
    "es": ("Teorema", "Lema", "Corolario", "Proposición", "Conjetura", "Definición", "Ejemplo", "Ejercicio", "Algoritmo"),
    "it": ("Teorema", "Lemma", "Corollario", "Proposizione", "Congettura", "Definizione", "Esempio", "Esercizio", "Algoritmo"),
    "pt": ("Teorema", "Lema", "Corolário", "Proposição", "Conjectura", "Definição", "Exemplo", "Exercício", "Algoritmo"),
    "nl": ("Stelling", "Lemma", "Gevolg", "Propositie", "Vermoeden", "Definitie", "Voorbeeld", "Opgave", "Algoritme"),
    "sv": ("Sats", "Lemma", "Följdsats", "Proposition", "Förmodan", "Definition", "Exempel", "Övning", "Algoritm"),
    "da": ("Sætning", "Lemma", "Korollar", "Proposition", "Formodning", "Definition", "Eksempel", "Opgave", "Algoritme"),
    "nb": ("Teorem", "Lemma", "Korollar", "Proposisjon", "Formodning", "Definisjon", "Eksempel", "Oppgave", "Algoritme"),
    "pl": ("Twierdzenie", "Lemat", "Wniosek", "Stwierdzenie", "Hipoteza", "Definicja", "Przykład", "Ćwiczenie", "Algorytm"),
    "cs": ("Věta", "Lemma", "Důsledek", "Tvrzení", "Hypotéza", "Definice", "Příklad", "Cvičení", "Algoritmus"),
    "ru": ("Теорема", "Лемма", "Следствие", "Предложение", "Гипотеза", "Определение", "Пример", "Упражнение", "Алгоритм"),
    "uk": ("Теорема", "Лема", "Наслідок", "Твердження", "Гіпотеза", "Означення", "Приклад", "Вправа", "Алгоритм"),
    "el": ("Θεώρημα", "Λήμμα", "Πόρισμα", "Πρόταση", "Εικασία", "Ορισμός", "Παράδειγμα", "Άσκηση", "Αλγόριθμος"),
    "tr": ("Teorem", "Lemma", "Sonuç", "Önerme", "Sanı", "Tanım", "Örnek", "Alıştırma", "Algoritma"),
    "zh": ("定理", "引理", "推论", "命题", "猜想", "定义", "例", "练习", "算法"),
    "ja": ("定理", "補題", "系", "命題", "予想", "定義", "例", "演習", "アルゴリズム"),
    "ko": ("정리", "보조정리", "따름정리", "명제", "추측", "정의", "예", "연습문제", "알고리즘"),
    "ar": ("مبرهنة", "تمهيدية", "نتيجة", "قضية", "حدسية", "تعريف", "مثال", "تمرين", "خوارزمية"),
    "he": ("משפט", "למה", "מסקנה", "טענה", "השערה", "הגדרה", "דוגמה", "תרגיל", "אלגוריתם"),
    "fa": ("قضیه", "لم", "نتیجه", "گزاره", "حدس", "تعریف", "مثال", "تمرین", "الگوریتم"),
}  # fmt: skip

_RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv"})


def terms(lang: str) -> Mapping[str, str]:
    """The words by name, in a BCP 47 language; English where the language is not known."""
    return dict(zip(NAMES, _BY_LANGUAGE.get(_known(lang), _BY_LANGUAGE["en"]), strict=True))


def plurals(lang: str) -> Mapping[str, str]:
    """What several figures, tables, equations, sections or listings are called, as ``terms`` gives one."""
    return dict(zip(NAMES, _PLURALS.get(_known(lang), _PLURALS["en"]), strict=False))


def theorems(lang: str) -> Mapping[str, str]:
    """What theorems and their kin are called, by the names in ``THEOREMS``."""
    return dict(zip(THEOREMS, _THEOREMS.get(_known(lang), _THEOREMS["en"]), strict=True))


def _known(lang: str) -> str:
    base = lang.replace("_", "-").split("-")[0].lower()
    return {"no": "nb", "nn": "nb"}.get(base, base)


def right_to_left(lang: str) -> bool:
    """True where the language is written from right to left."""
    return lang.split("-", 1)[0].lower() in _RIGHT_TO_LEFT
