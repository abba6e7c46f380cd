import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { htmlReport } from "../../src/report/html/page.ts";
import { visible } from "../../src/report/model/visible.ts";
import { findChromium, Page, type PageOptions } from "../support/chromium.ts";
import axe from "axe-core";
import { checked, debug, everyVerdict, green, kafka, listed, twoHosts } from "../support/example-results.ts";
import { hostileNames, pluginNamed } from "../support/hostile-names.ts";
import { describeWith } from "../support/need.ts";
import { exampleContext, listContext } from "../support/report-context.ts";

const chromium = findChromium();
let folder: string;
let page: Page | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-page-"));
  writeFileSync(join(folder, "report.html"), htmlReport(everyVerdict, exampleContext()));
  writeFileSync(join(folder, "hosts.html"), htmlReport(twoHosts, exampleContext()));
  const passed = exampleContext({ exitCode: 0, failure: undefined });
  writeFileSync(join(folder, "green.html"), htmlReport(green, passed));
  writeFileSync(join(folder, "list.html"), htmlReport(listed(everyVerdict.plugins), listContext));
  writeFileSync(join(folder, "many.html"), htmlReport(checked(many), exampleContext()));
  writeFileSync(
    join(folder, "hostile.html"),
    htmlReport(checked(hostileNames.map(pluginNamed)), exampleContext()),
  );
});

afterEach(async () => {
  await page?.close();
  page = undefined;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Enough for rows that are not shown at once. */
const many = Array.from({ length: 900 }, (_, at) => {
  const sha256 = at.toString(16).padStart(64, "0");
  return at < 20
    ? { ...kafka, path: `plugins/wrong-${at}.so`, sha256 }
    : { ...debug, path: `plugins/right-${at}.so`, sha256: sha256.split("").reverse().join("") };
});

const usual: PageOptions = { width: 1400, height: 900, scheme: "light", script: true };

async function open(name = "report.html", options: Partial<PageOptions> = {}): Promise<Page> {
  page = await Page.open(chromium ?? "", join(folder, name), { ...usual, ...options });
  return page;
}

const shownSections =
  "[...document.querySelectorAll('details.plugin')].filter(e => !e.hidden).map(e => e.querySelector('h3').textContent)";
const shownRows =
  "[...document.querySelectorAll('.matrix tbody tr')].filter(e => !e.hidden).map(e => e.cells[0].textContent)";
const shownCauses = "[...document.querySelectorAll('.cause')].filter(e => !e.hidden).map(e => e.id)";
const type = (name: string, value: string): string =>
  `(() => { const e = document.querySelector('.filter [name=${name}]'); e.value = ${JSON.stringify(value)}; e.dispatchEvent(new Event('input', { bubbles: true })); })()`;

describeWith(chromium === undefined ? "no chromium" : undefined, "the page in Chromium", () => {
  it.each(["report.html", "hosts.html", "hostile.html"])(
    "%s loads without a complaint or a request",
    async (name) => {
      const { complaints, requests } = await open(name);
      expect(complaints).toEqual([]);
      expect(requests).toEqual([`file://${join(folder, name)}`]);
    },
  );

  it("filters by text, verdict and rule", async () => {
    const it = await open();
    await it.evaluate(type("text", "SARAMA another"));
    expect(await it.evaluate(shownSections)).toEqual(["kafkaexporter.so"]);
    expect(await it.evaluate(shownRows)).toEqual(["kafkaexporter.so"]);
    expect(await it.evaluate("document.querySelector('.filter output').value")).toBe(
      "3 of 9 causes, 1 of 6 plugins",
    );
    await it.evaluate(type("text", ""));
    await it.evaluate(type("verdict", "compatible"));
    expect(await it.evaluate(shownRows)).toEqual(["debugexporter.so", "filter.dylib"]);
    await it.evaluate(type("rule", "manifest-newer-schema"));
    expect(await it.evaluate(shownSections)).toEqual(["filter.dylib"]);
    await it.evaluate(type("text", "nothing has this"));
    expect(await it.evaluate("document.querySelector('.nothing').hidden")).toBe(false);
  });

  it("finds a cause by what it says, also if no plugin has it", async () => {
    const it = await open();
    await it.evaluate(type("text", "batch expected"));
    expect(await it.evaluate(shownCauses)).toEqual(["cause-5"]);
    expect(await it.evaluate(shownRows)).toEqual([]);
    expect(await it.evaluate("document.querySelector('.nothing').hidden")).toBe(true);
  });

  it("finds the causes of a plugin by its name, and those of a verdict or a rule", async () => {
    const it = await open();
    await it.evaluate(type("text", "redact"));
    expect(await it.evaluate(shownCauses)).toEqual(["cause-3"]);
    await it.evaluate(type("text", ""));
    await it.evaluate(type("verdict", "unknown"));
    expect(await it.evaluate(shownCauses)).toEqual(["cause-4", "cause-6"]);
    await it.evaluate(type("rule", "manifest-missing"));
    expect(await it.evaluate(shownCauses)).toEqual(["cause-6"]);
  });

  it("shows only the plugins of a cause", async () => {
    const it = await open();
    await it.evaluate("document.querySelector('#cause-3 .of button').click()");
    expect(await it.evaluate(shownRows)).toEqual(["redact.so"]);
    expect(await it.evaluate(shownCauses)).toEqual(["cause-3"]);
    expect(await it.evaluate("document.querySelector('.filter [name=cause]').value")).toBe("3");
  });

  it("shows all again on reset", async () => {
    const it = await open();
    await it.evaluate(type("verdict", "unknown"));
    await it.evaluate("document.querySelector('.filter [type=reset]').click()");
    await it.evaluate("new Promise((resolve) => setTimeout(resolve, 50))");
    expect(((await it.evaluate(shownSections)) as readonly string[]).length).toBe(6);
  });

  it("sorts by a column, and back", async () => {
    const it = await open();
    const click = "document.querySelector('.matrix thead button').click()";
    const sorted = everyVerdict.plugins.map(({ path }) => path.slice("plugins/".length)).sort();
    await it.evaluate(click);
    expect(await it.evaluate(shownRows)).toEqual(sorted);
    expect(await it.evaluate("document.querySelector('.matrix thead th').ariaSort")).toBe("ascending");
    await it.evaluate(click);
    expect(await it.evaluate(shownRows)).toEqual([...sorted].reverse());
  });

  it("sorts a check by how grave it is", async () => {
    const it = await open();
    await it.evaluate(
      "[...document.querySelectorAll('.matrix thead button')].find(e => e.textContent === 'toolchain').click()",
    );
    expect(((await it.evaluate(shownRows)) as readonly string[])[0]).toBe("kafkaexporter.so");
  });

  it("can be used by keyboard", async () => {
    const it = await open();
    await it.evaluate("document.querySelector('.matrix thead button').focus()");
    await it.press("Enter");
    expect(await it.evaluate("document.querySelector('.matrix thead th').ariaSort")).toBe("ascending");
    await it.press("Tab");
    expect(await it.evaluate("document.activeElement.textContent")).toBe("Verdict");
  });

  it("copies a command as it stands", async () => {
    const it = await open();
    await it.evaluate("document.querySelector('.cause .copy').click()");
    await it.evaluate("new Promise((resolve) => setTimeout(resolve, 200))");
    expect(await it.evaluate("navigator.clipboard.readText()")).toBe(
      "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath -o plugins/kafkaexporter.so .",
    );
    expect(await it.evaluate("document.querySelector('.cause .copy').textContent")).toBe("Copied");
  });

  it("copies all commands, with their causes as comments", async () => {
    const it = await open();
    await it.evaluate("document.querySelector('.all-fixes > .copy').click()");
    await it.evaluate("new Promise((resolve) => setTimeout(resolve, 200))");
    const copied = String(await it.evaluate("navigator.clipboard.readText()"));
    expect(copied.trim().split("\n")).toEqual([
      "# kafkaexporter.so",
      "#   toolchain-mismatch: The plugin was built by another Go release than the host.",
      "#   dependency-mismatch: github.com/IBM/sarama has another hash than in the host.",
      "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath -o plugins/kafkaexporter.so .",
      "go get github.com/IBM/sarama@v1.46.3",
      "",
      "# redact.so",
      "#   target-mismatch: The plugin is made for another machine than the host.",
      "cargo build --release --target x86_64-unknown-linux-gnu",
    ]);
  });

  it("opens the plugin that a row links to", async () => {
    const it = await open();
    await it.evaluate(
      "[...document.querySelectorAll('.matrix a')].find(e => e.textContent === 'debugexporter.so').click()",
    );
    await it.evaluate("new Promise((resolve) => setTimeout(resolve, 100))");
    expect(await it.evaluate("document.querySelector(location.hash).open")).toBe(true);
  });

  it("can be read whole without script", async () => {
    const it = await open("report.html", { script: false });
    expect(await it.evaluate("document.querySelector('form.filter').hidden")).toBe(true);
    expect(await it.evaluate("document.querySelectorAll('main button:not([type=reset])').length")).toBe(0);
    expect(((await it.evaluate(shownSections)) as readonly string[]).length).toBe(6);
  });

  it.each([320, 400, 800, 1400])("is no wider than a screen of %i pixels", async (width) => {
    for (const name of ["report.html", "hosts.html", "hostile.html"]) {
      const it = await open(name, { width });
      expect(await it.evaluate("document.documentElement.scrollWidth")).toBe(width);
      await it.close();
    }
  });

  it.each([
    ["light", "rgb(245, 246, 248)"],
    ["dark", "rgb(15, 19, 24)"],
  ] as const)("is %s where that is wished", async (scheme, ground) => {
    const it = await open("report.html", { scheme });
    expect(await it.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(ground);
  });

  it("shows hostile names letter for letter, and makes nothing of them", async () => {
    const it = await open("hostile.html");
    const names = (await it.evaluate(
      "[...document.querySelectorAll('.plugin h3')].map(e => e.textContent)",
    )) as string[];
    expect([...names].sort()).toEqual(hostileNames.map(visible).sort());
    const values = (await it.evaluate(
      "[...document.querySelectorAll('.plugin .findings > li:first-child .command code')].map(e => e.textContent)",
    )) as string[];
    expect([...values].sort()).toEqual(hostileNames.map(visible).sort());
    expect(
      await it.evaluate(
        "document.querySelectorAll('script, style, img, .plugin h3 *, svg:not(.bar)').length",
      ),
    ).toBe(2);
  });

  it.each(["report.html", "hosts.html", "green.html", "list.html"])(
    "%s has no violation that axe finds, light or dark",
    async (name) => {
      for (const scheme of ["light", "dark"] as const) {
        const it = await open(name, { scheme });
        await it.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");
        await it.evaluate(axe.source);
        const violations = await it.evaluate(
          "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html).slice(0, 3)]))",
        );
        expect(violations, scheme).toEqual([]);
        await it.close();
      }
    },
  );

  it("keeps the first column and its borders in place when the table is scrolled", async () => {
    for (const [width, scheme] of [
      [400, "light"],
      [800, "dark"],
      [1400, "light"],
    ] as const) {
      const it = await open("many.html", { width, scheme });
      const cells = (await it.evaluate(`(() => {
        const scroll = document.querySelector(".scroll:has(.matrix)");
        scroll.style.maxWidth = "370px";
        scroll.scrollLeft = 150;
        const left = scroll.getBoundingClientRect().left + scroll.clientLeft;
        const rows = [...document.querySelectorAll(".matrix tr")].filter((row) => !row.hidden).slice(0, 20);
        return rows.map(({ cells: [first, second] }) => {
          const { borderRightWidth, borderTopWidth, backgroundColor } = getComputedStyle(first);
          const sides = getComputedStyle(second);
          return {
            offset: first.getBoundingClientRect().left - left,
            scrolled: scroll.scrollLeft,
            right: borderRightWidth,
            isTopShared: borderTopWidth === sides.borderTopWidth,
            isOpaque: !/rgba|transparent/.test(backgroundColor),
          };
        });
      })()`)) as readonly unknown[];
      expect(cells.length).toBe(20);
      const kept = { offset: 0, scrolled: 150, right: "1px", isTopShared: true, isOpaque: true };
      for (const cell of cells) expect(cell).toEqual(kept);
      await it.close();
    }
  });

  it("shows so many rows at once, and more on demand", async () => {
    const it = await open("many.html");
    const count = async (): Promise<number> => ((await it.evaluate(shownRows)) as readonly string[]).length;
    expect(await count()).toBe(250);
    await it.evaluate("document.querySelector('.more-rows').click()");
    expect(await count()).toBe(750);
    await it.evaluate(type("text", "right-899"));
    expect(await it.evaluate(shownRows)).toEqual(["right-899.so"]);
    await it.evaluate(type("text", many[899]?.sha256 ?? ""));
    expect(((await it.evaluate(shownRows)) as readonly string[]).includes("right-899.so")).toBe(true);
    await it.evaluate(type("text", "wrong"));
    await it.evaluate("location.hash = '#row-900'");
    await it.evaluate("new Promise((resolve) => setTimeout(resolve, 100))");
    expect(await it.evaluate("document.querySelector('#row-900').hidden")).toBe(false);
  });

  it("shows all rows without script", async () => {
    const it = await open("many.html", { script: false });
    expect(await it.evaluate("document.querySelector('#row-900').getClientRects().length")).toBe(1);
  });
});
