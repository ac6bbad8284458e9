// Starts the app. A file of its own, because the page allows no inline script.
const { js, wasm } = document.currentScript.dataset;
import(js).then((app) => app.default({ module_or_path: wasm }));
