"use strict";
(() => {
  const MOST = 20;
  const root = document.body.dataset.root;
  const input = document.getElementById("search");
  const results = document.getElementById("results");
  const entries = PAGES.map(entry => ({ ...entry, find: [entry.page, entry.heading, entry.text].map(t => t.toLowerCase()) }));
  let chosen = -1;

  // a word in a title counts more than one in the text
  const score = (entry, words) => {
    let sum = 0;
    for (const word of words) {
      const [page, heading, text] = entry.find;
      const here = (page.includes(word) ? 4 : 0) + (heading.includes(word) ? 6 : 0) + (text.includes(word) ? 1 : 0);
      if (here === 0) return 0;
      sum += here;
    }
    return sum;
  };

  const excerpt = (text, words) => {
    const lower = text.toLowerCase();
    const at = Math.min(...words.map(w => lower.indexOf(w)).filter(i => i >= 0).concat(text.length));
    return text.slice(Math.max(0, at === text.length ? 0 : at - 30), Math.max(0, at - 30) + 160);
  };

  const marked = (element, text, words) => {
    const lower = text.toLowerCase();
    let from = 0;
    while (from < text.length) {
      const next = words.map(w => [lower.indexOf(w, from), w.length]).filter(([i]) => i >= 0).sort((a, b) => a[0] - b[0])[0];
      if (!next) break;
      element.append(text.slice(from, next[0]));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(next[0], next[0] + next[1]);
      element.append(mark);
      from = next[0] + next[1];
    }
    element.append(text.slice(from));
  };

  const show = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    results.replaceChildren();
    chosen = -1;
    results.hidden = words.length === 0;
    if (results.hidden) return;
    const found = entries.map(entry => [score(entry, words), entry]).filter(([s]) => s > 0).sort((a, b) => b[0] - a[0]);
    for (const [, entry] of found.slice(0, MOST)) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = root + entry.link;
      marked(link, entry.heading === entry.page ? entry.page : `${entry.page} › ${entry.heading}`, words);
      const small = document.createElement("small");
      marked(small, excerpt(entry.text, words), words);
      link.append(small);
      item.append(link);
      results.append(item);
    }
    if (found.length === 0) {
      const none = document.createElement("p");
      none.textContent = "Nothing found.";
      results.append(none);
    }
  };

  const choose = step => {
    const links = [...results.querySelectorAll("a")];
    if (links.length === 0) return;
    chosen = (chosen + step + links.length) % links.length;
    links.forEach((link, i) => link.classList.toggle("chosen", i === chosen));
    links[chosen].scrollIntoView({ block: "nearest" });
  };

  input.addEventListener("input", show);
  input.addEventListener("keydown", event => {
    if (event.key === "ArrowDown") { choose(1); event.preventDefault(); }
    if (event.key === "ArrowUp") { choose(-1); event.preventDefault(); }
    if (event.key === "Enter") { (results.querySelector("a.chosen") ?? results.querySelector("a"))?.click(); }
    if (event.key === "Escape") { input.value = ""; show(); input.blur(); }
  });
  document.addEventListener("keydown", event => {
    if (event.key === "/" && document.activeElement !== input) { input.focus(); event.preventDefault(); }
  });
  document.addEventListener("click", event => {
    if (!event.target.closest(".search")) results.hidden = true;
  });
  if (matchMedia("(max-width: 52em)").matches) document.querySelector("nav details").open = false;
})();
