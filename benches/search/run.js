// Times the search of the site and other libraries: the same records, the same questions, in the same page.
import init, { Search } from "./ours.js";
import MiniSearch from "./minisearch.js";
import Fuse from "./fuse.js";
import uFuzzy from "./ufuzzy.js";

const REPEATS = 5;

// The fields of a record in the order of their weight, as each library takes weights.
const WEIGHTS = { name: 8, aliases: 8, versions: 6, values: 4, ports: 8, family: 3, id: 2, purpose: 1 };
const FIELDS = Object.keys(WEIGHTS);

function miniSearch(records) {
  const index = new MiniSearch({
    fields: FIELDS,
    searchOptions: { boost: WEIGHTS, prefix: true, combineWith: "AND", fuzzy: (term) => (term.length > 3 ? 0.2 : false) },
  });
  index.addAll(records);
  return (question) => index.search(question)[0]?.id;
}

function fuse(records) {
  const keys = FIELDS.map((name) => ({ name, weight: WEIGHTS[name] }));
  const index = new Fuse(records, { keys, ignoreLocation: true, threshold: 0.3, useTokenSearch: true });
  return (question) => index.search(question, { limit: 1 })[0]?.item.id;
}

function microFuzzy(records) {
  const texts = records.map((record) => FIELDS.map((field) => record[field]).join(" | "));
  const index = new uFuzzy({ intraMode: 1 });
  return (question) => {
    const [found, , order] = index.search(texts, question, 1, 1000);
    if (!found?.length) return undefined;
    return records[order ? found[order[0]] : found[0]].id;
  };
}

function ours(times) {
  const index = new Search(times);
  return (question) => index.first(question);
}

function time(work) {
  const start = performance.now();
  const result = work();
  return [performance.now() - start, result];
}

function measure(title, make, questions, isExpected) {
  make();
  const [index, first] = time(make);
  const times = questions.map(([question]) => {
    const [all] = time(() => {
      for (let run = 0; run < REPEATS; run++) first(question);
    });
    return all / REPEATS;
  });
  times.sort((one, other) => one - other);
  const found = questions.filter(([question, expected]) => isExpected(first(question), expected)).length;
  const at = (share) => times[Math.ceil(times.length * share) - 1];
  return { title, index, median: at(0.5), p95: at(0.95), found };
}

globalThis.measure = async (records, questions) => {
  await init({ module_or_path: "./ours_bg.wasm" });
  const ports = new Map(records.map(({ id, ports }) => [id, ports.split(" ")]));
  const isExpected = (id, expected) =>
    expected.startsWith("port ") ? !!ports.get(id)?.includes(expected.slice(5)) : id === expected;
  const all = [
    ["this site", () => ours(1)],
    ["MiniSearch", () => miniSearch(records)],
    ["Fuse.js", () => fuse(records)],
    ["uFuzzy", () => microFuzzy(records)],
    ["this site, 10 × the catalogue", () => ours(10)],
    ["this site, 100 × the catalogue", () => ours(100)],
  ];
  return all.map(([title, make]) => measure(title, make, questions, isExpected));
};
