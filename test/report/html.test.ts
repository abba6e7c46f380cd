import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { markedDifference } from "../../src/report/html/difference.ts";
import { darkColors, lightColors } from "../../src/report/html/style.ts";
import { htmlReport } from "../../src/report/html/page.ts";
import { checked, debug, everyVerdict, green, kafka, legacy } from "../support/example-results.ts";
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
    expect(targets.length).toBe(everyVerdict.plugins.length);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("has heads for all its tables' rows and columns", () => {
    expect(page).not.toMatch(/<th(?! scope="(col|row)")[ >]/);
    expect(page.match(/<h[1-4]/g)?.join(" ")).toMatch(/^<h1 (<h2 |<h3 |<h4 )*<h[234]$/);
  });

  it("has findings of one cause as one table, with what fixes them once", () => {
    const [, dependency] = kafka.findings;
    const findings = Array.from({ length: 9 }, (_, at) => ({ subject: `module-${at}`, cause: "One." }));
    const of = dependency === undefined ? [] : findings.map((each) => ({ ...dependency, ...each }));
    const text = htmlReport(checked([{ ...kafka, findings: of }]), context);
    expect(text.match(/<li class="finding/g)?.length).toBe(1);
    expect(text).toContain("9 with the same cause");
    expect(text.match(/<th scope="row">module-\d<\/th>/g)?.length).toBe(9);
    expect(text.match(/go get github.com\/IBM\/sarama/g)?.length).toBe(1);
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
