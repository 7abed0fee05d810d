"use strict";
// Filters, keys and cross-reference. The page can be read in full without any of this.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const form = byId("filters");
  const entries = all(".entry").map((element) => ({
    element,
    text: element.textContent.toLowerCase().replace(/\s+/g, " "),
    members: all(".member", element).map((member) => ({
      element: member,
      clauses: member.dataset.clauses.split(" "),
      cubes: member.dataset.cubes.split(";").map(parseCube),
    })),
    row: all("tr[data-entry]").find((row) => row.dataset.entry === element.id),
  }));
  const FIELDS = ["severity", "code", "strength", "clause"];
  // Readings that are supposed, by open point.
  const supposed = new Map();

  function parseCube(text) {
    const parts = text.split("&").filter((part) => part);
    return parts.map((part) => {
      const at = part.indexOf("=");
      return [part.slice(0, at), part.slice(at + 1).split("|")];
    });
  }

  function standsAtAll(member) {
    return member.cubes.some((cube) =>
      cube.every(([name, values]) => !supposed.has(name) || values.includes(supposed.get(name))),
    );
  }

  function field(name) {
    return form.elements.namedItem(name);
  }

  function apply() {
    const words = field("q").value.toLowerCase().trim().replace(/\s+/g, " ");
    const want = (name) => (field(name) ? field(name).value : "");
    let shown = 0;
    let of = 0;
    for (const entry of entries) {
      const data = entry.element.dataset;
      const fits =
        ["severity", "code", "strength"].every((name) => !want(name) || data[name] === want(name)) &&
        (!words || entry.text.includes(words));
      let some = 0;
      for (const member of entry.members) {
        const stands = standsAtAll(member);
        member.element.classList.toggle("out", !stands);
        const here = stands && (!want("clause") || member.clauses.includes(want("clause")));
        some += fits && here ? 1 : 0;
      }
      shown += some;
      of += entry.members.length;
      entry.element.hidden = !some;
      if (entry.row) entry.row.hidden = !some;
    }
    byId("count").textContent = shown === of ? `All ${of} findings are shown.` : `${shown} of ${of} findings are shown.`;
    showSupposed();
  }

  function showSupposed() {
    byId("chosen").replaceChildren(
      ...[...supposed].map(([name, value]) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = `${name}: ${value}  \u00d7`;
        button.setAttribute("aria-label", `No longer suppose ${name}: ${value}`);
        button.addEventListener("click", () => {
          supposed.delete(name);
          changed();
        });
        return button;
      }),
    );
  }

  function suppose(text) {
    const at = text.indexOf(":");
    if (at > 0) supposed.set(text.slice(0, at), text.slice(at + 1));
  }

  function write() {
    const state = new URLSearchParams();
    for (const name of [...FIELDS, "q"]) {
      if (field(name) && field(name).value) state.set(name, field(name).value);
    }
    for (const [name, value] of supposed) state.append("read", `${name}:${value}`);
    const text = state.toString();
    history.replaceState(null, "", text ? `#?${text}` : "#findings");
  }

  function changed() {
    apply();
    write();
  }

  // The address holds the filters, or the finding that it leads to.
  function read() {
    const hash = location.hash.slice(1);
    if (form && hash.startsWith("?")) {
      const state = new URLSearchParams(hash.slice(1));
      supposed.clear();
      for (const name of [...FIELDS, "q"]) {
        const input = field(name);
        if (!input) continue;
        const value = state.get(name) || "";
        const known = input.tagName !== "SELECT" || all("option", input).some((o) => o.value === value);
        input.value = known ? value : "";
      }
      state.getAll("read").forEach(suppose);
      apply();
      byId("findings").scrollIntoView();
      return;
    }
    const target = hash ? byId(decode(hash)) : null;
    if (!target) return;
    const entry = target.closest(".entry");
    if (entry && entry.hidden) clear();
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
    if (entry) entry.focus({ preventScroll: true });
  }

  function decode(hash) {
    try {
      return decodeURIComponent(hash);
    } catch {
      return hash;
    }
  }

  function clear() {
    form.reset();
    supposed.clear();
    apply();
  }

  if (form) {
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => {
      if (event.target.name === "read") {
        suppose(event.target.value);
        event.target.value = "";
      }
      changed();
    });
    form.addEventListener("reset", () => {
      supposed.clear();
      setTimeout(changed);
    });
    byId("keys").addEventListener("click", () => byId("help").showModal());
    for (const link of all("[data-code-link]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        clear();
        field("code").value = link.dataset.codeLink;
        changed();
        byId("findings").scrollIntoView();
      });
    }
    for (const link of all("[data-read]")) {
      link.hidden = false;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        clear();
        suppose(link.dataset.read);
        changed();
        byId("findings").scrollIntoView();
      });
    }
    apply();
  }
  addEventListener("hashchange", read);
  read();

  // Where a clause is pointed at, its words and names light up everywhere.
  const named = new Map();
  for (const element of all("[data-c]")) {
    for (const token of element.dataset.c.split(" ")) {
      if (!named.has(token)) named.set(token, []);
      named.get(token).push(element);
    }
  }
  let lit = [];
  function light(target) {
    for (const element of lit) element.classList.remove("lit");
    const at = target instanceof Element ? target.closest("#text [data-c], .sides [data-c]") : null;
    lit = at ? at.dataset.c.split(" ").flatMap((token) => named.get(token)) : [];
    for (const element of lit) element.classList.add("lit");
  }
  document.addEventListener("pointerover", (event) => light(event.target));
  document.addEventListener("focusin", (event) => light(event.target));

  function copyButton(text, label) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch {
        button.textContent = "The browser does not allow it";
      }
      setTimeout(() => (button.textContent = label), 2000);
    });
    return button;
  }
  for (const patch of all("pre.patch")) patch.before(copyButton(patch.textContent, "Copy the patch"));

  function step(by) {
    const shown = entries.map((entry) => entry.element).filter((element) => !element.hidden);
    if (!shown.length) return;
    const now = document.activeElement ? document.activeElement.closest(".entry") : null;
    let at = shown.indexOf(now);
    if (at < 0) {
      // From where the reader is: the first finding that begins below the top of the window.
      const below = shown.findIndex((element) => element.getBoundingClientRect().top > 0);
      at = by > 0 ? (below < 0 ? shown.length - 1 : below) : (below < 0 ? shown.length : below) - 1;
    } else {
      at += by;
    }
    const next = shown[Math.max(0, Math.min(at, shown.length - 1))];
    next.focus({ preventScroll: true });
    next.scrollIntoView();
  }

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
    const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "?") byId("help").showModal();
    else if (event.key === "o") toggle();
    else if (event.key === "/" && form) {
      field("q").focus();
      field("q").select();
    } else return;
    event.preventDefault();
  });

  function toggle() {
    const now = document.activeElement ? document.activeElement.closest(".entry") : null;
    if (!now) return;
    const parts = all("details", now);
    const open = parts.some((part) => !part.open);
    for (const part of parts) part.open = open;
  }

  // A drawing that is wider than the window begins in the middle, where its start is.
  for (const drawing of all(".drawing")) {
    const region = drawing.parentElement;
    region.scrollLeft = (region.scrollWidth - region.clientWidth) / 2;
  }

  // Paper cannot be unfolded.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const part of folded) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of folded) part.open = false;
    folded = [];
  });
})();
