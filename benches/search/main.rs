//! The search beside other libraries: the same records and questions in one run of Chromium, as a table.
//!
//! `make bench` builds the module and names the folders. The questions are those of `tests/expected/search.tsv`.

#[allow(dead_code, reason = "the browser tests use the rest")]
#[path = "../../tests/browser/chromium.rs"]
mod chromium;
#[allow(dead_code, reason = "the browser tests use the rest")]
#[path = "../../tests/browser/site.rs"]
mod served;

use std::fs;
use std::path::{Path, PathBuf};

use exchange_ports::catalog::{End, Flow, Set, Vocabulary, aliases, family_aliases, flows};
use exchange_ports::site;
use minifier::js;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use chromium::Driver;
use served::Site;

/// The libraries, each with its module as its package holds it.
const LIBRARIES: [(&str, &str, &str); 3] = [
    ("MiniSearch", "minisearch.js", "minisearch/dist/es/index.js"),
    ("Fuse.js", "fuse.js", "fuse.js/dist/fuse.min.mjs"),
    ("uFuzzy", "ufuzzy.js", "@leeoniya/ufuzzy/dist/uFuzzy.mjs"),
];

fn main() {
    let (folder, added) = folder();
    let results = Runtime::new()
        .expect("a runtime starts")
        .block_on(measure(folder.path()));
    println!("| search | index ms | median ms | p95 ms | brotli bytes | first results |\n|---|---|---|---|---|---|");
    for result in results.as_array().expect("a list of results") {
        let title = result["title"].as_str().unwrap_or_default();
        let bytes = added.iter().find(|(name, _)| name == title);
        let bytes = bytes.map_or(String::new(), |(_, bytes)| bytes.to_string());
        let [index, median, p95] = ["index", "median", "p95"].map(|key| result[key].as_f64().unwrap_or(f64::NAN));
        let found = &result["found"];
        println!(
            "| {title} | {index:.1} | {median:.3} | {p95:.3} | {bytes} | {found} of {} |",
            questions().len()
        );
    }
}

/// A folder with everything that the page needs, and what each search adds to a page.
fn folder() -> (tempfile::TempDir, Vec<(String, usize)>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (built, packages) = (root.join("target/search"), root.join(".tools/search/node_modules"));
    let folder = tempfile::tempdir().expect("a folder can be made");
    let read = |path: PathBuf| fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a new file");
    let ours = read(built.join("ours_bg.wasm"));
    let bytes = |content: &[u8]| site::brotli_bytes(content).expect("memory can be written");
    let without = bytes(&read(built.join("without_bg.wasm")));
    let mut added = vec![("this site".to_owned(), bytes(&ours).saturating_sub(without))];
    write("ours_bg.wasm", &ours);
    write("ours.js", &read(built.join("ours.js")));
    write("run.js", &read(root.join("benches/search/run.js")));
    write("index.html", b"<!doctype html><script type=module src=run.js></script>");
    for (title, name, path) in LIBRARIES {
        let source = String::from_utf8(read(packages.join(path))).expect("the module is text");
        let small = js::minify(&source).expect("the module is JavaScript");
        added.push((title.to_owned(), bytes(small.to_string().as_bytes())));
        write(name, source.as_bytes());
    }
    (folder, added)
}

async fn measure(folder: &Path) -> Value {
    let site = Site::serve_folder(folder).await;
    let driver = Driver::start();
    let chromium = driver.open().await;
    let page = &chromium.driver;
    page.goto(&site.address).await.expect("the page opens");
    let script = "const [records, questions, done] = arguments;
        const start = () => globalThis.measure ? globalThis.measure(records, questions).then(done) : setTimeout(start, 50);
        start();";
    page.set_script_timeout(std::time::Duration::from_secs(600))
        .await
        .expect("Chromium takes a limit");
    let records: Vec<Value> = flows().iter().map(record).collect();
    let answer = page
        .execute_async(script, vec![json!(records), json!(questions())])
        .await;
    let results = answer
        .expect("the page measures")
        .convert()
        .expect("the page gives results");
    chromium.quit().await;
    results
}

/// The same texts that our index holds.
fn record(flow: &Flow) -> Value {
    let ports: Vec<String> = flow.ports.iter().map(|ports| ports.range.to_string()).collect();
    let mut values = titles(flow.transports);
    values.extend([flow.encryption.title(), flow.state.title()]);
    for End { zones, roles } in [&flow.from, &flow.to] {
        values.extend(titles(*zones));
        values.extend(titles(*roles));
    }
    json!({
        "id": flow.id,
        "name": flow.service(),
        "aliases": aliases(flow),
        "versions": titles(flow.versions()).join(" "),
        "values": values.join(" "),
        "ports": ports.join(" "),
        "family": family_aliases(flow),
        "purpose": flow.purpose(),
    })
}

fn titles<T: Vocabulary>(values: Set<T>) -> Vec<&'static str> {
    values.iter().map(T::title).collect()
}

fn questions() -> Vec<(&'static str, &'static str)> {
    let lines = include_str!("../../tests/expected/search.tsv").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect()
}
