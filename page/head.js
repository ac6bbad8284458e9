// Before the first paint: whether the prerendered list is what the address asks for, and the theme of the last visit.
document.documentElement.dataset.route = /^#?\/?$/.test(location.hash) ? "list" : "other";
try {
  document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "auto";
} catch {
  // A browser may refuse storage; then the system chooses.
}
