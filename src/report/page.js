
// The filter is what stands behind `#`: severity=error&id=connector&file=accounts.json. An id may be a family;
// a file is the one of that name, or else all whose name has it in it.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const findings = byId("findings");
  const totals = byId("totals");
  const form = byId("filter");
  const dialog = byId("explained");
  const keys = ["severity", "id", "file"];
  // In the order in which they are seen; what is worth skipping changes with it.
  findings.before(totals);
  const skip = document.querySelector(".skip");
  skip.href = "#findings";
  skip.textContent = "Findings";

  const explain = (link) => {
    const text = byId(decodeURIComponent(link.hash.slice(1)));
    if (!text) return false;
    byId("explained-id").textContent = link.textContent;
    const summary = document.createElement("p");
    const [, ...words] = text.previousElementSibling.cloneNode(true).childNodes;  // Without the id.
    summary.append(...words);
    dialog.querySelector("div").replaceChildren(summary, ...text.cloneNode(true).childNodes);
    dialog.showModal();
    return true;
  };

  let filter = { severity: "", id: "", file: "" };
  const sections = [...findings.querySelectorAll("section")];
  const names = new Set(sections.map((section) => section.dataset.file));
  const bars = [...totals.querySelectorAll("a.bar")];
  const total = findings.getElementsByTagName("article").length;

  const fromHash = () => {
    const parameters = new URLSearchParams(location.hash.slice(1));
    return Object.fromEntries(keys.map((key) => [key, parameters.get(key) ?? ""]));
  };
  const toHash = (wanted) => new URLSearchParams(keys.filter((key) => wanted[key]).map((key) => [key, wanted[key]])).toString();
  const only = (bar) => new URLSearchParams(bar.hash.slice(1)).entries().next().value;

  const apply = () => {
    const { severity, id, file } = filter;
    const inFile = names.has(file) ? (name) => name === file : (name) => name.includes(file);
    let shown = 0;
    for (const section of sections) {
      let any = false;
      const fits = inFile(section.dataset.file);
      for (const article of section.getElementsByTagName("article")) {
        const found = article.dataset.id;
        const hidden = !fits || (severity && article.className !== severity) || (id && found !== id && !found.startsWith(id + "/"));
        if (article.hidden !== Boolean(hidden)) article.hidden = hidden;
        if (!hidden) { any = true; ++shown; }
      }
      section.hidden = !any && (!fits || Boolean(severity || id));
    }
    for (const key of keys) if (form.elements[key].value !== filter[key]) form.elements[key].value = filter[key];
    form.elements.shown.value = shown === total ? `${total} findings` : `${shown} of ${total} findings`;
    for (const bar of bars) {
      const [key, value] = only(bar);
      if (filter[key] === value) bar.setAttribute("aria-current", "true");
      else bar.removeAttribute("aria-current");
    }
  };
  const set = (wanted, adds) => {
    filter = wanted;
    const hash = "#" + toHash(wanted);
    if (adds) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
    apply();
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.className === "bar") {
      const [key, value] = only(link);
      set({ ...filter, [key]: filter[key] === value ? "" : value }, true);
      event.preventDefault();
    } else if (link.className === "id" && explain(link)) {
      event.preventDefault();
    }
  });
  if (!form) return;
  form.addEventListener("input", () => set(Object.fromEntries(keys.map((key) => [key, form.elements[key].value])), false));
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    set({ severity: "", id: "", file: "" }, true);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", () => {
    if (location.hash && !location.hash.includes("=")) return;  // A place in the page.
    filter = fromHash();
    apply();
  });
  form.hidden = false;
  filter = fromHash();
  apply();
})();
