"use strict";

// Words of scripts that put no space between words are looked for anywhere, all others at a word's beginning.
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const WORDS = /[\p{Letter}\p{Mark}\p{Number}]+/gu;
const SAME = { "ø": "o", "æ": "ae", "đ": "d", "œ": "oe", "ð": "d", "þ": "th", "ł": "l", "ß": "ss", "ı": "i", "ـ": "" };
const FIELDS = [["title", 8], ["authors", 4], ["keywords", 2], ["abstract", 1]];
const SHOWN = 50;

// A text without case and marks: what is the same in «Élan» and «elan».
function fold(text) {
  const bare = text.normalize("NFKD").toLowerCase().replace(/\p{Mark}/gu, "");
  return bare.replace(/[øæđœðþłßıـ]/gu, (letter) => SAME[letter]);
}

function wordsOf(text) {
  return fold(text).match(WORDS) || [];
}

// Of each paper's fields their folded words, each with a space before it.
function prepare(papers) {
  const row = (given) => ["", ...wordsOf([given || ""].flat().join(" ")), ""].join(" ");
  return papers.map((paper) => FIELDS.map(([name]) => row(paper[name])));
}

// Where each of the words is found, the best of its fields counts; a whole word counts more than a beginning.
function score(fields, words) {
  let total = 0;
  for (const word of words) {
    const sought = UNSPACED.test(word) ? word : " " + word;
    const best = fields.findIndex((field) => field.includes(sought));
    if (best < 0) return 0;
    total += FIELDS[best][1] + (fields[best].includes(" " + word + " ") ? 0.5 : 0);
  }
  return total;
}

// The numbers of the papers that have all words of the query, the best first; of the same rank the newest.
function find(prepared, query) {
  const words = wordsOf(query);
  if (!words.length) return [];
  const found = [];
  prepared.forEach((fields, number) => {
    const points = score(fields, words);
    if (points) found.push([points, number]);
  });
  return found.sort((a, b) => b[0] - a[0] || a[1] - b[1]).map(([, number]) => number);
}

// How many letters of a text's beginning are folded to the sought ones.
function lengthOf(text, sought) {
  let folded = "";
  let length = 0;
  for (const letter of text) {
    if (folded.length >= sought.length && !/\p{Mark}/u.test(letter)) break;
    folded += fold(letter);
    length += letter.length;
  }
  return length;
}

// The text as nodes in which the words are marked. Text becomes text nodes only, whatever stands in it.
function marked(text, words) {
  const nodes = [];
  let done = 0;
  for (const match of text.matchAll(WORDS)) {
    const folded = fold(match[0]);
    const hits = words.map((word) => [UNSPACED.test(word) ? folded.indexOf(word) : folded.startsWith(word) ? 0 : -1, word]);
    const [at, word] = hits.filter(([place]) => place >= 0).sort((a, b) => b[1].length - a[1].length)[0] || [-1];
    if (at < 0) continue;
    const start = match.index + (at ? lengthOf(match[0], folded.slice(0, at)) : 0);
    const end = start + lengthOf(text.slice(start, match.index + match[0].length), word);
    nodes.push(document.createTextNode(text.slice(done, start)), made("mark", {}, [text.slice(start, end)]));
    done = end;
  }
  nodes.push(document.createTextNode(text.slice(done)));
  return nodes;
}

function made(name, attributes, children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// Of an abstract what stands around the first of the words, or its beginning.
function excerpt(abstract, words) {
  const letters = 280;
  if (abstract.length <= letters) return abstract;
  const hit = [...abstract.matchAll(WORDS)].find(([word]) => words.some((each) => fold(word).startsWith(each)));
  const start = hit && hit.index > letters - 60 ? abstract.lastIndexOf(" ", hit.index - 80) + 1 : 0;
  const rest = abstract.slice(start);
  const end = rest.length > letters ? Math.max(rest.lastIndexOf(" ", letters), letters / 2) : rest.length;
  return (start ? "… " : "") + rest.slice(0, end) + (end < rest.length ? " …" : "");
}

function entry(paper, words, root) {
  const parts = [made("h2", {}, [made("a", { href: root + paper.url }, marked(paper.title, words))])];
  const by = marked((paper.authors || []).join(", "), words);
  const { lang, dir } = document.documentElement;
  if (paper.date) by.push(paper.authors ? " · " : "", made("time", { datetime: paper.date, lang, dir: dir || "ltr" }, [paper.day]));
  if (paper.authors || paper.date) parts.push(made("p", { class: "by" }, by));
  if (paper.abstract) parts.push(made("p", { class: "abstract" }, marked(excerpt(paper.abstract, words), words)));
  if (paper.keywords) {
    const items = paper.keywords.map((each) => made("li", {}, [made("span", {}, marked(each, words))]));
    parts.push(made("ul", { class: "keywords" }, items));
  }
  return made("li", {}, [made("article", { lang: paper.lang, dir: paper.rtl ? "rtl" : "ltr" }, parts)]);
}

function start(form) {
  const part = (id) => document.getElementById("site-" + id);
  const [input, count, results, list, more] = ["query", "count", "results", "list", "more"].map(part);
  const shown = results.querySelector("ol");
  let loading = null;
  let rest = [];

  const load = () => {
    loading ||= fetch(form.dataset.root + "search.json").then((answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.json();
    }).then((papers) => ({ papers, prepared: prepare(papers) }));
    return loading;
  };

  const showMore = (papers, words) => {
    shown.append(...rest.splice(0, SHOWN).map((number) => entry(papers[number], words, form.dataset.root)));
    more.hidden = !rest.length;
  };

  const show = async () => {
    const query = input.value;
    const words = wordsOf(query);
    results.hidden = !words.length;
    list.hidden = words.length > 0;
    if (!words.length) {
      count.textContent = "";
      return;
    }
    try {
      const { papers, prepared } = await load();
      if (query !== input.value) return; // somebody has typed on
      rest = find(prepared, query);
      const number = rest.length.toLocaleString(document.documentElement.lang);
      count.textContent = rest.length ? form.dataset.found.replace("{count}", number) : form.dataset.none;
      shown.replaceChildren();
      more.onclick = () => {
        const next = shown.children.length;
        showMore(papers, words);
        shown.children[next].querySelector("a").focus();
      };
      showMore(papers, words);
    } catch {
      loading = null;
      results.hidden = true;
      list.hidden = false;
      count.textContent = form.dataset.failed;
    }
  };

  const remember = () => {
    const address = new URL(location.href);
    if (input.value.trim()) address.searchParams.set("q", input.value.trim());
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
  };

  const recall = () => {
    input.value = new URL(location.href).searchParams.get("q") || "";
    show();
  };

  const changed = () => {
    remember();
    show();
  };

  input.addEventListener("input", changed);
  input.addEventListener("focus", () => load().catch(() => { loading = null; }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changed();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    input.value = "";
    changed();
    input.focus();
  });
  addEventListener("popstate", recall);
  form.hidden = false;
  recall();
}

const searchForm = document.getElementById("site-search");
if (searchForm) start(searchForm);
