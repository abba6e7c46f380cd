import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { htmlReport } from "../../src/report/html/page.ts";
import { visible } from "../../src/report/model/visible.ts";
import { findChromium, Page, type PageOptions } from "../support/chromium.ts";
import { checked, everyVerdict } from "../support/example-results.ts";
import { hostileNames, pluginNamed } from "../support/hostile-names.ts";
import { describeWith } from "../support/need.ts";
import { exampleContext } from "../support/report-context.ts";

const chromium = findChromium();
let folder: string;
let page: Page | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-page-"));
  writeFileSync(join(folder, "report.html"), htmlReport(everyVerdict, exampleContext()));
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

const usual: PageOptions = { width: 1400, height: 900, scheme: "light", script: true };

async function open(name = "report.html", options: Partial<PageOptions> = {}): Promise<Page> {
  page = await Page.open(chromium ?? "", join(folder, name), { ...usual, ...options });
  return page;
}

const shownSections =
  "[...document.querySelectorAll('details.plugin')].filter(e => !e.hidden).map(e => e.querySelector('h3').textContent)";
const shownRows =
  "[...document.querySelectorAll('.matrix tbody tr')].filter(e => !e.hidden).map(e => e.cells[0].textContent)";
const type = (name: string, value: string): string =>
  `(() => { const e = document.querySelector('.filter [name=${name}]'); e.value = ${JSON.stringify(value)}; e.dispatchEvent(new Event('input', { bubbles: true })); })()`;

describeWith(chromium === undefined ? "no chromium" : undefined, "the page in Chromium", () => {
  it.each(["report.html", "hostile.html"])("%s loads without a complaint or a request", async (name) => {
    const { complaints, requests } = await open(name);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([`file://${join(folder, name)}`]);
  });

  it("filters by text, verdict and rule", async () => {
    const it = await open();
    await it.evaluate(type("text", "SARAMA another"));
    expect(await it.evaluate(shownSections)).toEqual(["kafkaexporter.so"]);
    expect(await it.evaluate(shownRows)).toEqual(["kafkaexporter.so"]);
    expect(await it.evaluate("document.querySelector('.filter output').value")).toBe("1 of 6 shown");
    await it.evaluate(type("text", ""));
    await it.evaluate(type("verdict", "compatible"));
    expect(await it.evaluate(shownRows)).toEqual(["debugexporter.so", "filter.dylib"]);
    await it.evaluate(type("rule", "manifest-newer-schema"));
    expect(await it.evaluate(shownSections)).toEqual(["filter.dylib"]);
    await it.evaluate(type("text", "nothing has this"));
    expect(await it.evaluate("document.querySelector('.nothing').hidden")).toBe(false);
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
    await it.evaluate("document.querySelector('.command .copy').click()");
    await it.evaluate("new Promise((resolve) => setTimeout(resolve, 200))");
    expect(await it.evaluate("navigator.clipboard.readText()")).toBe(
      "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath -o plugins/kafkaexporter.so .",
    );
    expect(await it.evaluate("document.querySelector('.command .copy').textContent")).toBe("Copied");
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
    expect(await it.evaluate("document.querySelectorAll('button.copy, thead button').length")).toBe(0);
    expect(((await it.evaluate(shownSections)) as readonly string[]).length).toBe(6);
  });

  it.each([320, 400, 800, 1400])("is no wider than a screen of %i pixels", async (width) => {
    for (const name of ["report.html", "hostile.html"]) {
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
      "[...document.querySelectorAll('h3')].map(e => e.textContent)",
    )) as string[];
    expect([...names].sort()).toEqual(hostileNames.map(visible).sort());
    const values = (await it.evaluate(
      "[...document.querySelectorAll('.findings > li:first-child .command code')].map(e => e.textContent)",
    )) as string[];
    expect([...values].sort()).toEqual(hostileNames.map(visible).sort());
    expect(
      await it.evaluate("document.querySelectorAll('script, style, img, h3 *, svg:not(.bar)').length"),
    ).toBe(2);
  });
});
