// Starts the app and keeps it working without a network. A file of its own, because the page allows no inline script.
const { js, wasm, version } = document.currentScript.dataset;
const root = document.documentElement;

const broken = document.getElementById("broken");
broken.querySelector("button").addEventListener("click", () => location.reload());

function stopped() {
  broken.hidden = false;
  broken.setAttribute("role", "alert");
}

addEventListener("error", stopped);
async function load(js, wasm) {
  const module = await import(js);
  await module.default({ module_or_path: wasm });
  return module;
}

load(js, wasm).catch(stopped);

async function workOffline() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  serviceWorker.addEventListener("message", ({ data }) => {
    if (data.version !== version) root.dataset.update = "ready";
  });
  await serviceWorker.register("./sw.js");
  // Active means installed, and installed means that every file is in the cache.
  await serviceWorker.ready;
  root.dataset.offline = "ready";
}

// Not in the way of the first paint. A browser that refuses only lacks the offline copy.
addEventListener("load", () => workOffline().catch(() => undefined));
addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-reload]")) location.reload();
});
