"use strict";
const all = (selector, from = document) => [...from.querySelectorAll(selector)];

const make = (text, onClick) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", onClick);
  return button;
};

const table = document.querySelector("table.matrix");
const lower = (node) => (node?.textContent ?? "").toLowerCase();
const listed = (text) => (text ?? "").split(" ");

const causes = all(".cause").map((block) => ({
  block,
  number: block.id.slice("cause-".length),
  rules: listed(block.dataset.rules),
  // Without the plugins that are named: they are found by their own text.
  text: [...block.children].filter((part) => !part.matches(".of")).map(lower).join(" "),
}));
const plugins = all("tbody tr", table ?? document.createElement("table")).map((row) => ({
  row,
  section: document.getElementById("plugin-" + row.id.slice("row-".length)),
  verdict: row.dataset.verdict,
  rules: listed(row.dataset.rules),
  causes: listed(row.dataset.causes),
  fits: true,
  text: undefined,
}));
const byRow = new Map(plugins.map((plugin) => [plugin.row, plugin]));
/** What a plugin is found by: its details, or what its causes say if it has none. */
const textOf = (plugin) =>
  (plugin.text ??=
    lower(plugin.row) +
    " " +
    (plugin.section === null
      ? causes.filter(({ number }) => plugin.causes.includes(number)).map(({ text }) => text).join(" ")
      : lower(plugin.section)));

const step = 250;
let most = step;
const more = make("", () => {
  most += step * 2;
  limit();
});
/** Rows that fit, but not too many at once: a large table takes a browser seconds. */
const limit = () => {
  let count = 0;
  for (const row of all("tbody tr", table)) {
    const { fits } = byRow.get(row);
    if (fits) count += 1;
    row.hidden = !fits || count > most;
  }
  more.hidden = count <= most;
  more.textContent = "Show more rows (" + (count - most) + " left)";
};
if (table !== null) {
  more.className = "more-rows";
  table.parentElement.after(more);
  limit();
  table.classList.add("ready");
}

const form = document.querySelector("form.filter");
const show = () => {
  const value = (name) => form.elements.namedItem(name)?.value ?? "";
  const words = value("text")
    .toLowerCase()
    .split(/\s+/)
    // Of a digest only the beginning is shown.
    .map((word) => word.replace(/^(?:sha256:)?([0-9a-f]{12})[0-9a-f]{52}$/, "$1"));
  const has = (text) => words.every((word) => text.includes(word));
  const [verdict, rule, number] = [value("verdict"), value("rule"), value("cause")];
  const touched = new Set();
  let count = 0;
  for (const plugin of plugins) {
    plugin.fits =
      (verdict === "" || plugin.verdict === verdict) &&
      (rule === "" || plugin.rules.includes(rule)) &&
      (number === "" || plugin.causes.includes(number)) &&
      (words.join("") === "" || has(textOf(plugin)));
    if (plugin.section !== null) plugin.section.hidden = !plugin.fits;
    if (!plugin.fits) continue;
    count += 1;
    for (const each of plugin.causes) touched.add(each);
  }
  let shown = 0;
  for (const cause of causes) {
    const fits =
      (rule === "" || cause.rules.includes(rule)) &&
      (number === "" || cause.number === number) &&
      (touched.has(cause.number) || (verdict === "" && has(cause.text)));
    cause.block.hidden = !fits;
    if (fits) shown += 1;
  }
  most = step;
  limit();
  const parts = [count + " of " + plugins.length + " " + form.dataset.unit];
  if (causes.length > 0) parts.unshift(shown + " of " + causes.length + " causes");
  form.querySelector("output").value = parts.join(", ");
  document.querySelector(".nothing").hidden = count + shown > 0;
};
/** Only what is given, and all else as at first. */
const choose = (values) => {
  for (const field of form.elements) if (field.name !== "") field.value = values[field.name] ?? "";
  show();
};
if (form !== null) {
  form.addEventListener("input", show);
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    choose({});
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
  for (const { block, number } of causes) {
    block.querySelector(".of > p")?.append(
      make("Show only these", () => {
        choose({ cause: number });
        table.scrollIntoView({ block: "center" });
      }),
    );
  }
}

const compare = new Intl.Collator("en", { numeric: true }).compare;
const states = ["error", "unknown", "suppressed", "warning", "note", "differs", "matches", ""];
for (const head of all("thead th", table ?? document.createElement("table"))) {
  const button = make("", () => {
    const order = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    const key = (row) => {
      const cell = row.cells[head.cellIndex];
      const text = cell.textContent.trim();
      return cell.matches(".is") ? String(states.indexOf(text)) : (cell.dataset.rank ?? text);
    };
    const rows = all("tbody tr", table).map((row) => ({ row, key: key(row) }));
    rows.sort((one, other) => compare(one.key, other.key) * (order === "ascending" ? 1 : -1));
    const [body] = table.tBodies;
    // Aside, where the browser need not follow each row.
    const place = body.nextSibling;
    body.remove();
    for (const { row } of rows) body.append(row);
    table.insertBefore(body, place);
    most = step;
    limit();
    for (const each of head.parentElement.cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
  });
  button.append(...head.childNodes);
  head.append(button);
}
table?.addEventListener("mouseover", ({ target }) => {
  if (target.matches("td.is")) target.title = target.textContent || "not compared";
});

const copied = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};
const copyButton = (code, label) => {
  const button = make(label, async () => {
    const fold = code.closest("details");
    if (fold !== null) fold.open = true;
    getSelection().selectAllChildren(code);
    const isDone = document.execCommand("copy") || (await copied(code.textContent));
    button.textContent = isDone ? "Copied" : "Press Ctrl+C";
    setTimeout(() => (button.textContent = label), 2000);
  });
  button.className = "copy";
  button.setAttribute("aria-live", "polite");
  return button;
};
for (const block of all(".command")) {
  const script = block.closest(".all-fixes");
  const code = block.querySelector("code");
  if (script === null) block.append(copyButton(code, "Copy"));
  else script.prepend(copyButton(code, "Copy all commands"));
}

const reveal = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target === null) return;
  if (target.hidden && form !== null) choose({});
  target.hidden = false;
  if (target.localName === "details") target.open = true;
  target.scrollIntoView({ block: target.localName === "tr" ? "center" : "start" });
};
addEventListener("hashchange", reveal);
if (location.hash !== "") reveal();
