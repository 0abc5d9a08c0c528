// Sets documents in a CSL style with citeproc-js: `node oracle.js MODULE < request.json > result.json`.
//
// MODULE is the folder of the npm package citeproc. The request holds the style and the locale as XML,
// the language, and documents: their items (CSL-JSON by id) and their citations in order, each with its
// note number. The result holds, for each document, the citations as HTML, and id and HTML of each entry.
"use strict";

const { readFileSync, writeFileSync } = require("node:fs");
const { resolve } = require("node:path");

const CSL = require(resolve(process.argv[2]));

function engine(request, items) {
  const sys = {
    retrieveLocale: (lang) => (lang === request.lang ? request.locale : false),
    retrieveItem: (id) => structuredClone(items[id]),
  };
  const made = new CSL.Engine(sys, request.style, request.lang, true);
  made.setOutputFormat("html");
  return made;
}

// All items are known from the start, so that the names and letters that tell them apart do not depend on
// the order in which they became known; then each goes through processCitationCluster, in order.
function citations(made, document) {
  const given = document.citations.map((one, index) => ({
    citationID: `c${index}`,
    citationItems: one.cites,
    properties: { noteIndex: one.note },
  }));
  return made.rebuildProcessorState(given, "html", []).map(([, , html]) => html);
}

function bibliography(made) {
  const result = made.makeBibliography();
  if (!result) {
    return [];
  }
  return result[1].map((html, index) => [result[0].entry_ids[index].join(" "), html]);
}

function set(request, document) {
  const made = engine(request, document.items);
  const texts = citations(made, document);
  return { citations: texts, entries: bibliography(made) };
}

const request = JSON.parse(readFileSync(0, "utf-8"));
const result = request.documents.map((document) => set(request, document));
writeFileSync(1, JSON.stringify(result));
