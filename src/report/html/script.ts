/**
 * What the page does besides showing text: it filters plugins, sorts the table, copies commands. Everything can be read
 * without it. It changes nothing but `hidden`, the order of rows and its own buttons, and never writes HTML.
 */
export const pageScript = `
"use strict";
const all = (selector, from = document) => [...from.querySelectorAll(selector)];

const form = document.querySelector("form.filter");
if (form !== null) {
  const plugins = all("details.plugin").map((section) => ({
    section,
    row: document.querySelector('tr[data-of="' + section.id + '"]'),
    text: section.textContent.toLowerCase(),
    rules: section.dataset.rules.split(" "),
  }));
  const show = () => {
    const value = (name) => form.elements.namedItem(name)?.value ?? "";
    const words = value("text").toLowerCase().split(/\\s+/);
    let count = 0;
    for (const { section, row, text, rules } of plugins) {
      const fits =
        words.every((word) => text.includes(word)) &&
        (value("verdict") === "" || section.dataset.verdict === value("verdict")) &&
        (value("rule") === "" || rules.includes(value("rule")));
      section.hidden = !fits;
      row.hidden = !fits;
      if (fits) count += 1;
    }
    form.querySelector("output").value = count + " of " + plugins.length + " shown";
    document.querySelector(".nothing").hidden = count > 0;
  };
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
}

const compare = new Intl.Collator("en", { numeric: true }).compare;
for (const head of all("table.matrix thead th")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const order = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    const body = head.closest("table").tBodies[0];
    const key = (row) => {
      const cell = row.cells[head.cellIndex];
      return cell.dataset.rank ?? cell.textContent.trim();
    };
    const rows = [...body.rows].map((row) => ({ row, key: key(row) }));
    rows.sort((one, other) => compare(one.key, other.key) * (order === "ascending" ? 1 : -1));
    body.append(...rows.map(({ row }) => row));
    for (const each of head.parentElement.cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
  });
}

const copied = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};
for (const block of all(".command")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-live", "polite");
  block.append(button);
  button.addEventListener("click", async () => {
    const code = block.querySelector("code");
    getSelection().selectAllChildren(code);
    const isDone = document.execCommand("copy") || (await copied(code.textContent));
    button.textContent = isDone ? "Copied" : "Press Ctrl+C";
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
}

const reveal = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target !== null && target.localName === "details") {
    target.open = true;
    target.scrollIntoView();
  }
};
addEventListener("hashchange", reveal);
reveal();
`;
