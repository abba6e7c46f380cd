import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { markedDifference } from "../../src/report/html/difference.ts";
import { darkColors, lightColors } from "../../src/report/html/style.ts";
import { htmlReport } from "../../src/report/html/page.ts";
import type { PluginResult } from "../../src/check/model/result.ts";
import type { Finding } from "../../src/rules/finding.ts";
import {
  checked,
  debug,
  everyVerdict,
  green,
  kafka,
  legacy,
  notes,
  redact,
  universal,
} from "../support/example-results.ts";
import { exampleContext } from "../support/report-context.ts";

const context = exampleContext();
const passed = exampleContext({ exitCode: 0, failure: undefined });
const page = htmlReport(everyVerdict, context);

describe("an HTML page", () => {
  it.each([
    ["a failing check", everyVerdict, context, "4 of 6 plugins fail"],
    ["a green check", green, passed, "All 2 plugins are compatible with the host"],
    ["one plugin", checked([debug]), passed, "The plugin is compatible with the host"],
    [
      "a set that is wrong",
      checked([debug], everyVerdict.findings),
      context,
      "The plugins are compatible with the host, but the set is not valid",
    ],
    ["no plugin", checked([]), passed, "No plugin was checked"],
    [
      "an unknown plugin that may pass",
      checked([legacy]),
      exampleContext({ exitCode: 0, failure: undefined, gate: { allowUnknown: true } }),
      "0 of 1 plugin compatible, 1 unknown",
    ],
  ])("of %s has its verdict for a heading", (_, result, of, title) => {
    const text = htmlReport(result, of);
    expect(text).toContain(`<h1>${title}</h1>`);
    expect(text).toContain(`<title>${title}</title>`);
  });

  it("asks for nothing from elsewhere", () => {
    expect(page).not.toMatch(/\b(src|action|srcset|poster)=/);
    expect(page).not.toMatch(/@import|url\(|https?:\/\//);
    expect([...page.matchAll(/href="(.)/g)].every(([, first]) => first === "#")).toBe(true);
  });

  it.each(["style", "script"])("allows its own %s by its hash, and no other", (name) => {
    const [, text = ""] = new RegExp(`<${name}>([^]*?)</${name}>`).exec(page) ?? [];
    const hash = createHash("sha256").update(text).digest("base64");
    expect(page).toContain(`${name}-src &#39;sha256-${hash}&#39;`);
    expect(page).not.toMatch(/ style="| on\w+="/);
    expect(page.split(`<${name}`).length).toBe(2);
  });

  it("has ids once, and a target for every link", () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(targets.filter((id = "") => id.startsWith("plugin-"))).size).toBe(
      everyVerdict.plugins.length,
    );
    expect(new Set(targets.filter((id = "") => id.startsWith("cause-"))).size).toBe(7);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("has heads for all its tables' rows and columns", () => {
    expect(page).not.toMatch(/<th(?! scope="(col|row)")[ >]/);
    expect(page.match(/<h[1-4]/g)?.join(" ")).toMatch(/^<h1 (<h2 |<h3 |<h4 )*<h[234]$/);
  });

  it("takes time in proportion to the number of plugins", () => {
    const timed = (count: number): number => {
      const many = checked(Array.from({ length: count }, (_, at) => ({ ...debug, path: `p/${at}.so` })));
      const start = performance.now();
      htmlReport(many, passed);
      return performance.now() - start;
    };
    timed(200);
    const [some, tenfold] = [timed(500), timed(5000)];
    expect(tenfold).toBeLessThan(Math.max(some, 20) * 40);
  });
});

/** Without tags, entities spelled as letters. */
function plain(html: string): string {
  return html
    .replace(/<[^>]+>/g, "")
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}

/** One part of a page: from its first tag to the end of the element. */
function part(html: string, start: string, end: string): string {
  const at = html.indexOf(start);
  expect(at, start).toBeGreaterThan(-1);
  return html.slice(at, html.indexOf(end, at));
}

function findingOf(plugin: PluginResult, rule: string): Finding {
  const finding = plugin.findings.find((each) => each.rule === rule);
  if (finding === undefined) throw new Error(rule);
  return finding;
}

const release = findingOf(kafka, "toolchain-mismatch");
const missing: Finding = { rule: "manifest-missing", severity: "note", message: "It has none.", fix: [] };

describe("the causes of a page", () => {
  const ofAll = (count: number, findings: readonly Finding[]): PluginResult[] =>
    Array.from({ length: count }, (_, at) => ({ ...kafka, path: `plugins/p${at}.so`, findings }));

  it("say once what is wrong in many plugins, with links to them", () => {
    const text = htmlReport(checked(ofAll(46, [release])), context);
    expect(text.match(/<article/g)?.length).toBe(1);
    const cause = part(text, '<article class="finding cause bad" id="cause-1"', "</article>");
    expect(plain(cause)).toContain("toolchain-mismatch 46 plugins");
    expect(cause).toContain("go1.26.<mark>5</mark>");
    expect(cause).toContain("<summary>41 more</summary>");
    expect(cause.match(/<a href="#plugin-\d+">p\d+\.so<\/a>/g)?.length).toBe(46);
    expect(cause.match(/GOTOOLCHAIN=/g)?.length).toBe(1);
  });

  it("have their numbers in the table and in the details", () => {
    expect(part(page, '<tr id="row-1"', "</tr>")).toContain(
      '<td class="causes"><a href="#cause-1">1</a>, <a href="#cause-2">2</a>, <a href="#cause-9">9</a></td>',
    );
    expect(part(page, 'id="plugin-1"', '</details>\n<details class="plugin')).toContain(
      '<code>dependency-mismatch</code> <a href="#cause-2">cause 2</a>',
    );
  });

  it("list what they are about with both values, at first ten", () => {
    const dependency = findingOf(kafka, "dependency-mismatch");
    const findings = Array.from({ length: 60 }, (_, at): Finding => {
      const name = `example.com/m${at}`;
      const run = `go get ${name}@v2`;
      return { ...dependency, subject: name, bundle: "go.mod", fix: [{ kind: "command", run }] };
    });
    const text = htmlReport(checked([{ ...kafka, findings }]), context);
    const cause = part(text, "<article", "</article>");
    expect(cause).toContain("<summary>50 more</summary>");
    expect(cause.match(/<th scope="row">example.com/g)?.length).toBe(60);
    expect(cause).toContain("<summary>57 more steps</summary>");
    expect(cause).toContain("7 more: the JSON report has all of them.");
    const details = part(text, 'id="plugin-1"', "</body>");
    expect(details.match(/<li class="finding/g)?.length).toBe(1);
  });

  it("have what the loader answers because of them", () => {
    const refusal: Finding = {
      rule: "loader-refuses",
      severity: "error",
      message: "It would be refused.",
      explainedBy: [{ rule: "toolchain-mismatch" }],
      fix: [],
    };
    const text = htmlReport(checked(ofAll(2, [release, refusal])), context);
    expect(text.match(/<article/g)?.length).toBe(1);
    expect(plain(part(text, "<article", "</article>"))).toContain(
      "Loader plugin.Open would refuse it: plugin was built with a different version of package",
    );
  });

  it("leave missing manifests to one line, and unreadable files to their row", () => {
    const some = { ...debug, findings: [missing] };
    const text = htmlReport(checked([some, { ...some, path: "plugins/b.so" }, notes]), context);
    expect(text).not.toContain("<article");
    expect(text).toContain("2 plugins carry no manifest; what the binaries prove is compared.");
    expect(text).toContain(
      '<td class="causes reason">The file is not ELF or Mach-O (text) at offset 0x0.</td>',
    );
  });

  it("are without what is suppressed, which details show with its reason", () => {
    const hidden: Finding = { ...release, suppressed: { reason: "known since May", expires: "2030-01-01" } };
    const text = htmlReport(checked([{ ...debug, findings: [hidden] }], [hidden]), passed);
    expect(text).not.toContain("<article");
    expect(text).toContain("2 suppressed findings do not count.");
    expect(text.match(/<b>Suppressed until 2030-01-01<\/b> known since May/g)?.length).toBe(2);
  });
});

describe("the fix script of a page", () => {
  const script = (text: string): string => plain(part(text, '<div class="all-fixes">', "</code>"));

  it("has the commands by cause, with what they fix as comments", () => {
    expect(script(page).split("\n").slice(1, 6)).toEqual([
      "# kafkaexporter.so",
      "#   toolchain-mismatch: The plugin was built by another Go release than the host.",
      "#   dependency-mismatch: github.com/IBM/sarama has another hash than in the host.",
      "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath -o plugins/kafkaexporter.so .",
      "go get github.com/IBM/sarama@v1.46.3",
    ]);
  });

  it("is not there for a single command, which can be copied itself", () => {
    expect(htmlReport(checked([redact]), context)).not.toContain("Fix script");
  });

  it("runs nothing that a name smuggles into a comment", () => {
    const evil = { ...release, message: "a\nrm -rf /\r\u2028b", plugin: { value: "x\ntouch y", from: "z" } };
    const text = htmlReport(
      checked([{ ...kafka, path: "p/\nreboot", findings: [evil, ...kafka.findings] }]),
      context,
    );
    const lines = script(text)
      .split(/[\n\r\u2028]/)
      .slice(1);
    expect(lines.filter((line) => !/^(#|GOTOOLCHAIN=|go get |$)/.test(line))).toEqual([]);
  });
});

describe("a page with digests", () => {
  const sha256 = "0123456789abcdef".repeat(4);
  const result = checked([{ ...debug, sha256 }, universal]);

  it("shows the beginning of each, and all as a title", () => {
    const host = result.host === null ? null : { ...result.host, sha256 };
    const text = htmlReport({ ...result, host }, passed);
    const shown = `<code class="digest" title="sha256:${sha256}">0123456789ab</code>`;
    expect(text.split(shown).length - 1).toBe(3);
    expect(part(text, "<header", "</header>")).toContain(shown);
    expect(part(text, '<tr id="row-1"', "</tr>")).toContain(shown);
  });

  it("has no column for them if there are none", () => {
    expect(page).not.toContain("SHA-256");
  });
});

describe("a page of very many plugins", () => {
  const wrong = Array.from({ length: 3_000 }, (_, at) => ({ ...kafka, path: `plugins/wrong-${at}.so` }));
  const right = Array.from({ length: 7_000 }, (_, at) => ({
    ...debug,
    path: `plugins/right-${at}.so`,
    findings: [missing],
  }));
  const text = htmlReport(checked([...wrong, ...right]), context);

  it("has a row for each and is small enough to open", () => {
    expect(text.match(/<tr id="row-/g)?.length).toBe(10_000);
    expect(Buffer.byteLength(text)).toBeLessThan(15_000_000);
  });

  it("has details of what is wrong, as many as fit, and says what is left out", () => {
    const written = text.match(/<details class="plugin"/g)?.length ?? 0;
    expect(written).toBeGreaterThan(300);
    expect(text).not.toContain("<h3>right-");
    expect(text).toContain("7000 plugins without findings have only a row in the table.");
    expect(text).toContain(`The details of ${3_000 - written} more plugins are left out`);
  });

  it("has a target for every link", () => {
    const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const targets = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.filter((id) => !ids.has(id))).toEqual([]);
  });

  it("has fewer rows if they are very long, and says so", () => {
    const long = "x".repeat(4_000);
    const plugins = Array.from({ length: 5_000 }, (_, at) => ({
      ...debug,
      path: `p/${long}/${at}`,
      findings: [],
    }));
    const page = htmlReport(checked([...plugins, { ...debug, path: "p/a" }]), passed);
    expect(Buffer.byteLength(page)).toBeLessThan(15_000_000);
    expect(page).toMatch(/\d+ more rows would make this page too large for a browser/);
  });
});

describe("a check that the gate lets pass whatever is found", () => {
  const never = exampleContext({ exitCode: 0, failure: undefined, gate: { failOn: "never" } });
  const header = (text: string): string => /<header[^]*<\/header>/.exec(text)?.[0] ?? "";

  it("is not said to have passed if it would have failed", () => {
    const text = header(htmlReport(everyVerdict, never));
    expect(text).not.toContain("Passed");
    expect(text).toContain("Not enforced");
    expect(text).toContain("<h1>4 of 6 plugins fail</h1>");
    expect(text).toContain(
      "Passes only because of --fail-on never: 2 incompatible, 1 unreadable, 1 unknown and 1 error about the host or the set (exit 0).",
    );
  });

  it("passed if nothing is wrong", () => {
    const text = header(htmlReport(green, never));
    expect(text).toContain("Passed");
    expect(text).not.toContain("--fail-on never");
  });
});

describe("colors", () => {
  /** WCAG 2.2, relative luminance and contrast ratio. */
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = parseInt(color.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one: string, other: string): number => {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const grounds = ["ground", "surface", "inset"] as const;
  const pairs = [
    ...(["text", "faint", "link", "good", "bad", "caution"] as const).flatMap((ink) =>
      grounds.map((ground) => [ink, ground] as const),
    ),
    ["good", "good-ground"],
    ["bad", "bad-ground"],
    ["caution", "caution-ground"],
    ["text", "mark"],
  ] as const;
  describe.each([
    ["light", lightColors],
    ["dark", darkColors],
  ] as const)("of the %s page", (_, colors) => {
    it.each(pairs)("%s on %s can be read", (ink, ground) => {
      expect(contrast(colors[ink], colors[ground])).toBeGreaterThanOrEqual(4.5);
    });
  });
});

describe("what differs between two values", () => {
  it.each([
    ["go1.26.5", "go1.26.8", "go1.26.<mark>5</mark>"],
    ["aarch64-unknown-linux-gnu", "x86_64-unknown-linux-gnu", "<mark>aarch64</mark>-unknown-linux-gnu"],
    ["-trimpath -race", "-trimpath", "-trimpath<mark> -race</mark>"],
    ["-trimpath", "-trimpath -race", "-trimpath"],
    ["debug", "release", "debug"],
    ["same", "same", "same"],
    ["a<b", "a<c", "a&lt;<mark>b</mark>"],
  ])("%s against %s is %s", (one, other, shown) => {
    expect(markedDifference(one, other)[0].html).toBe(shown);
  });
});
