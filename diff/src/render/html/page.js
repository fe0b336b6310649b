// Makes the rows of the page filterable and reachable by keys. Without it all
// rows are there; nothing here loads or sends anything.
(() => {
  "use strict";

  const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
  const by = (id) => document.getElementById(id);
  const form = by("filters");
  if (!form) return;
  const text = by("text");
  const operation = by("operation");
  const chosen = by("chosen");
  const expand = by("expand");

  // What can be filtered by its word: one list of counts in the summary each.
  const facets = all("[data-facet]").map((list) => {
    const preset = new Set((list.dataset.default || "").split(" ").filter(Boolean));
    return {
      key: list.dataset.facet,
      title: list.closest(".card").querySelector("h3").textContent,
      preset,
      words: new Set(preset),
      buttons: all("[data-word]", list).map(button),
    };
  });

  const rows = all(".row").map((element) => ({
    element,
    details: element.querySelector("details"),
    summary: element.querySelector("summary"),
    containers: containers(element),
    words: new Map(facets.map((it) => [it.key, (element.dataset[it.key] || "").split(" ")])),
    operations: new Set(element.dataset.operations.split(" ")),
    text: null,
  }));

  const allContainers = all("[data-container]");
  const groups = all(".group").map((element) => {
    const count = element.querySelector(".count");
    return { element, count, total: Number(count.textContent), shown: 0 };
  });

  const groupOf = new Map(groups.map((it) => [it.element, it]));

  // Turns a count of the summary into a button.
  function button(item) {
    const element = document.createElement("button");
    element.type = "button";
    element.setAttribute("aria-pressed", "false");
    element.append(...item.childNodes);
    item.append(element);
    return { word: item.dataset.word, element, count: element.querySelector(".count") };
  }

  function containers(element) {
    const acc = [];
    for (let it = element.closest("[data-container]"); it; it = it.parentElement.closest("[data-container]")) {
      acc.push(it);
    }
    return acc;
  }

  // The text of a row is put together when there is time, or when the first
  // search needs it.
  function textOf(row) {
    if (row.text === null) {
      row.text = all(".find", row.element).map((it) => it.textContent).join("\n").toLowerCase();
    }
    return row.text;
  }

  function fits(row, facet) {
    return facet.words.size === 0 || row.words.get(facet.key).some((it) => facet.words.has(it));
  }

  // Shows the rows that fit. The number beside a word is that of the rows that
  // would be there if only this facet were left open.
  function update() {
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = new Map(facets.map((it) => [it.key, new Map()]));
    const visible = new Set();
    let shown = 0;
    groups.forEach((it) => { it.shown = 0; });
    for (const row of rows) {
      const others = (operation.value === "" || row.operations.has(operation.value))
        && wanted.every((it) => textOf(row).includes(it));
      const misses = facets.filter((it) => !fits(row, it));
      const isShown = others && misses.length === 0;
      if (row.element.hidden === isShown) row.element.hidden = !isShown;
      if (isShown) {
        shown += 1;
        for (const it of row.containers) {
          visible.add(it);
          if (groupOf.has(it)) groupOf.get(it).shown += 1;
        }
      }
      for (const facet of facets) {
        if (!others || misses.some((it) => it !== facet)) continue;
        const count = counts.get(facet.key);
        for (const word of row.words.get(facet.key)) count.set(word, (count.get(word) || 0) + 1);
      }
    }
    allContainers.forEach((it) => { it.hidden = !visible.has(it); });
    for (const it of groups) {
      it.count.textContent = it.shown === it.total ? `${it.total}` : `${it.shown} of ${it.total}`;
    }
    for (const facet of facets) {
      for (const it of facet.buttons) {
        const n = counts.get(facet.key).get(it.word) || 0;
        const isPressed = facet.words.has(it.word);
        it.count.textContent = n;
        it.element.setAttribute("aria-pressed", isPressed);
        it.element.disabled = n === 0 && !isPressed;
      }
    }
    const noun = rows.length === 1 ? "change" : "changes";
    by("status").textContent =
      shown === rows.length ? `${shown} ${noun}` : `${shown} of ${rows.length} ${noun} shown`;
    by("empty").hidden = shown > 0;
    by("clear").disabled = isPreset();
    listChosen();
    nameExpand();
  }

  function same(a, b) {
    return a.size === b.size && [...a].every((it) => b.has(it));
  }

  function isPreset() {
    return text.value === "" && operation.value === ""
      && facets.every((it) => same(it.words, it.preset));
  }

  // Lists what is chosen beside the search, each with a way to take it back.
  function listChosen() {
    chosen.replaceChildren();
    const add = (words, takeBack) => {
      const item = document.createElement("li");
      const element = document.createElement("button");
      element.type = "button";
      element.textContent = words;
      element.setAttribute("aria-label", `Remove the filter ${words}`);
      element.addEventListener("click", () => { takeBack(); change(); text.focus(); });
      item.append(element);
      chosen.append(item);
    };
    // What is preset nobody has chosen.
    for (const facet of facets.filter((it) => !same(it.words, it.preset))) {
      for (const word of facet.words) {
        add(`${facet.title}: ${word}`, () => facet.words.delete(word));
      }
    }
    if (operation.value !== "") {
      add(operation.selectedOptions[0].textContent, () => { operation.value = ""; });
    }
    chosen.hidden = chosen.children.length === 0;
  }

  // The address holds what is chosen, so that it can be given to others.
  function write() {
    const parts = [];
    const put = (key, value) => {
      const readable = encodeURIComponent(value).replace(/%2C/g, ",").replace(/%2F/g, "/").replace(/%20/g, "+");
      parts.push(`${key}=${readable}`);
    };
    for (const it of facets) {
      if (!same(it.words, it.preset)) put(it.key, [...it.words].join(",") || "any");
    }
    if (operation.value !== "") put("operation", operation.selectedOptions[0].textContent);
    if (text.value.trim() !== "") put("text", text.value.trim());
    const hash = parts.length ? `#${parts.join("&")}` : location.pathname + location.search;
    try {
      history.replaceState(null, "", hash);
    } catch (_) {
      // A page inside another may have no address of its own.
    }
  }

  function read() {
    const hash = location.hash.slice(1);
    const target = hash && by(hash);
    const row = target && rows.find((it) => it.element === target);
    if (target && !row) {
      // A link to a part of the page changes nothing of what is chosen.
      update();
      return;
    }
    const values = new URLSearchParams(target ? "" : hash);
    for (const facet of facets) {
      const value = values.get(facet.key);
      const known = new Set(facet.buttons.map((it) => it.word));
      facet.words = value === null
        ? new Set(facet.preset)
        : new Set(value.split(",").filter((it) => known.has(it)));
    }
    const wanted = values.get("operation");
    const option = Array.from(operation.options).find((it) => it.textContent === wanted);
    operation.value = option ? option.value : "";
    text.value = values.get("text") || "";
    if (row) {
      // A link to a row shows it whatever was chosen.
      facets.forEach((it) => { if (!fits(row, it)) it.words = new Set(); });
      row.details.open = true;
    }
    update();
    if (!row) return;
    const go = () => {
      row.element.scrollIntoView({ block: "center" });
      row.summary.focus({ preventScroll: true });
    };
    // Until the page is loaded the browser goes to the row by itself, without
    // giving it the focus.
    if (document.readyState === "complete") go();
    else window.addEventListener("load", () => setTimeout(go));
  }

  function change() {
    update();
    write();
  }

  function clear() {
    text.value = "";
    operation.value = "";
    facets.forEach((it) => { it.words = new Set(it.preset); });
    change();
    text.focus();
  }

  const visibleRows = () => rows.filter((it) => !it.element.hidden);

  function nameExpand() {
    const isAllOpen = visibleRows().every((it) => it.details.open);
    expand.textContent = isAllOpen ? "Collapse all" : "Expand all";
    expand.disabled = visibleRows().length === 0;
  }

  function move(by) {
    const list = visibleRows();
    const focused = document.activeElement.closest(".row");
    const at = list.findIndex((it) => it.element === focused);
    const next = at === -1 ? (by > 0 ? 0 : -1) : at + by;
    if (list[next]) list[next].summary.focus();
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target;
    if (target === text && event.key === "Escape") {
      event.preventDefault();
      if (text.value === "") text.blur();
      text.value = "";
      change();
    } else if (target === text && event.key === "ArrowDown") {
      event.preventDefault();
      move(1);
    } else if (target.matches("input, select, textarea")) {
      return;
    } else if (event.key === "/") {
      event.preventDefault();
      text.focus();
      text.select();
    } else if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
    } else if (target.matches(".row > details > summary")
      && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
  }

  // What an accept file needs of a row; its reason is for the reviewer to write.
  function acceptEntry(fingerprint) {
    return `[[accept]]\nfingerprint = "${fingerprint}"\nreason = ""\n`;
  }

  // Adds the button that copies the entry. Where the browser lets no page copy, the entry is shown
  // and selected.
  function addCopy(line) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "copy";
    element.textContent = "Copy accept entry";
    const entry = acceptEntry(line.dataset.fingerprint);
    const show = () => {
      const shown = document.createElement("pre");
      shown.className = "entry";
      shown.textContent = entry;
      line.parentElement.querySelectorAll(".entry").forEach((it) => it.remove());
      line.after(shown);
      getSelection().selectAllChildren(shown);
      element.textContent = "Accept entry selected";
    };
    element.addEventListener("click", () => {
      if (!navigator.clipboard) {
        show();
        return;
      }
      navigator.clipboard.writeText(entry).then(
        () => { element.textContent = "Accept entry copied"; },
        show,
      );
    });
    line.append(" ", element);
  }

  // Paper shows what is behind every row.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = all("details:not([open])").filter((it) => !it.closest("[hidden]"));
    opened.forEach((it) => { it.open = true; });
  });
  window.addEventListener("afterprint", () => {
    opened.forEach((it) => { it.open = false; });
    opened = [];
  });

  for (const facet of facets) {
    for (const it of facet.buttons) {
      it.element.addEventListener("click", () => {
        if (!facet.words.delete(it.word)) facet.words.add(it.word);
        change();
      });
    }
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  text.addEventListener("input", change);
  operation.addEventListener("change", change);
  all("[data-clear]").forEach((it) => it.addEventListener("click", clear));
  expand.addEventListener("click", () => {
    const list = visibleRows();
    const open = list.some((it) => !it.details.open);
    list.forEach((it) => { it.details.open = open; });
    nameExpand();
  });
  // To open all rows is one event for each of them.
  let isNaming = false;
  rows.forEach((it) => it.details.addEventListener("toggle", () => {
    const line = it.details.querySelector("[data-fingerprint]");
    if (line && !line.querySelector(".copy")) addCopy(line);
    if (isNaming) return;
    isNaming = true;
    requestAnimationFrame(() => { isNaming = false; nameExpand(); });
  }));
  if (window.requestIdleCallback) window.requestIdleCallback(() => rows.forEach(textOf));
  window.addEventListener("hashchange", read);
  document.addEventListener("keydown", onKey);

  document.documentElement.classList.add("scripted");
  form.hidden = false;
  read();
})();
