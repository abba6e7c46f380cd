import { describe, expect, it } from "vitest";
import { explainErrors, ofFileFirst } from "../../../src/check/explain/explain.ts";
import { longestLog } from "../../../src/loader/explain/log-text.ts";
import { parseLoaderMessages } from "../../../src/loader/explain/parse.ts";

const mismatch = 'plugin.Open("plugins/a.so"): plugin was built with a different version of package runtime';
const undefinedSymbol = "/p/b.so: undefined symbol: g";
const relocating = (name: string): string => `Error relocating /p/c.so: ${name}: symbol not found`;

/** The checks in a text, and how often each. */
const found = (text: string): readonly (readonly [string, string | undefined, number])[] =>
  parseLoaderMessages(text).map(({ message, count }) => [message.check, message.subject?.name, count]);

describe("a log with several messages", () => {
  it("has each one once, with its count, in its order", () => {
    const log = [undefinedSymbol, mismatch, undefinedSymbol, "nothing", mismatch, undefinedSymbol].join("\n");
    expect(found(log)).toEqual([
      ["undefined-symbol", "g", 3],
      ["package-hash", "runtime", 2],
    ]);
  });

  it("keeps apart what differs only in a name", () => {
    expect(found(["a", "b", "a"].map(relocating).join("\n"))).toEqual([
      ["undefined-symbol", "a", 2],
      ["undefined-symbol", "b", 1],
    ]);
  });

  it("counts what Go repeats as the same", () => {
    expect(found(`${mismatch}\n${mismatch} (previous failure)`)).toEqual([["package-hash", "runtime", 2]]);
  });

  it("counts what dyld says in every process as the same", () => {
    const start = (pid: number): string => `dyld[${String(pid)}]: Symbol not found: _g\n`;
    expect(found([1, 22, 333].map(start).join(""))).toEqual([["missing-symbol", "_g", 3]]);
  });

  it("counts the fields of one line once", () => {
    const line = JSON.stringify({
      level: "error",
      error: mismatch,
      errorVerbose: `${mismatch}\nmain.main\n\t/x.go:1`,
    });
    expect(found(`${line}\n${line}`)).toEqual([["package-hash", "runtime", 2]]);
  });

  it("does not take the reason in a message for a second one", () => {
    const text =
      'plugin.Open("x"): could not find symbol New: /p/x.so: undefined symbol: example%2ecom/x.New';
    expect(found(text)).toEqual([["missing-export", "New", 1]]);
  });

  it("does not take the two texts of Go 1.9 for two", () => {
    const text = "plugin: plugin example.com/x already loaded\nfatal error: plugin: plugin already loaded";
    expect(found(text)).toEqual([["already-loaded", "example.com/x", 1]]);
  });

  it("gives an opening to the message that follows it only", () => {
    const messages = parseLoaderMessages(`${mismatch}\n./host: symbol lookup error: ${undefinedSymbol}`);
    expect(messages.map(({ message }) => [message.path, message.outcome])).toEqual([
      ["plugins/a.so", "refused"],
      ["/p/b.so", "crash"],
    ]);
  });

  it.each([
    ["journald", (text: string) => `Nov 21 06:30:00 node otelcol[123]: ${text}`],
    ["Kubernetes", (text: string) => `2026-11-21T06:30:00.123456789Z stderr F ${text}`],
    [
      "JSON",
      (text: string) => JSON.stringify({ log: `${JSON.stringify({ msg: text })}\n`, stream: "stderr" }),
    ],
    ["logfmt", (text: string) => `level=error err=${JSON.stringify(text)}`],
  ])("of %s is counted the same", (_, line) => {
    const log = [mismatch, undefinedSymbol, mismatch].map(line).join("\n");
    expect(found(log)).toEqual([
      ["package-hash", "runtime", 2],
      ["undefined-symbol", "g", 1],
    ]);
  });

  it("of dyld has a list of places each", () => {
    const one = (path: string, why: string): string =>
      `dlopen(${path}, 0x6): tried: '${path}' (${why}), '/x${path}' (no such file)`;
    expect(
      found(
        [one("/a", "not a mach-o file"), one("/b", "no such file"), one("/a", "not a mach-o file")].join(
          "\n",
        ),
      ),
    ).toEqual([
      ["not-mach-o", undefined, 2],
      ["missing-file", undefined, 1],
    ]);
  });

  it("without a known message has none", () => {
    expect(parseLoaderMessages("exit status 1\n".repeat(100))).toEqual([]);
  });
});

describe("the message that names the file", () => {
  const log = [mismatch, undefinedSymbol, relocating("z")].join("\n");
  const order = (file: string | undefined): readonly (string | undefined)[] =>
    ofFileFirst(parseLoaderMessages(log), file).map(({ message }) => message.path);

  it("comes first, the others in their order", () => {
    expect(order("plugins/c.so")).toEqual(["/p/c.so", "plugins/a.so", "/p/b.so"]);
    expect(order("b.so")).toEqual(["/p/b.so", "plugins/a.so", "/p/c.so"]);
    expect(order("a.so")).toEqual(["plugins/a.so", "/p/b.so", "/p/c.so"]);
  });

  it.each(["other.so", undefined])("is none of them: %s", (file) => {
    expect(order(file)).toEqual(["plugins/a.so", "/p/b.so", "/p/c.so"]);
  });

  it("may name it as what needs something", () => {
    const text = `${mismatch}\n/lib/libc.so.6: version \`GLIBC_2.99' not found (required by /p/d.so)`;
    const [first] = ofFileFirst(parseLoaderMessages(text), "/elsewhere/d.so");
    expect(first?.message.check).toBe("symbol-version");
  });

  it("is explained like all others", async () => {
    const all = await explainErrors(`${log}\n${mismatch}`);
    expect(all.map(({ count }) => count)).toEqual([2, 1, 1]);
    expect(
      all.every(({ causes, next, files }) => causes.length > 0 && next.length > 0 && files === null),
    ).toBe(true);
  });
});

describe("a log of any length", () => {
  it.each([
    ["one message", `${undefinedSymbol}\n`],
    ["beginnings of a message", "Symbol not found: _x "],
    ["openings", 'plugin.Open("'],
    ["lists", "tried: '/a' (b"],
    ["places", "'/a' (no such file), "],
    ["older lists", "no suitable image found.  Did find: /a: b "],
    ["relocating", "Error relocating : "],
    ["brackets", "tried: '/a' (((((((("],
    ["lines of several kinds", `${mismatch}\n${undefinedSymbol}\n${relocating("a")}\n`],
  ])("of %s takes no long time", (_, piece) => {
    const started = performance.now();
    parseLoaderMessages(piece.repeat(Math.floor(longestLog / piece.length)));
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
