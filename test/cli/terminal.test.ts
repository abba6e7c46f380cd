import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectGolden } from "../support/golden.ts";
import { describeWith } from "../support/need.ts";
import { noTerminal, runInTerminal, sitAtTerminal } from "../support/terminal.ts";

const plugins = "fixtures/sample-rust/plugins";
const host = ["--host", "fixtures/sample-rust/otelcol"];
const commands: Readonly<Record<string, readonly string[]>> = {
  list: ["list", plugins],
  "check-all": ["check-all", plugins, ...host],
  validate: ["validate", `${plugins}/kafkaexporter.so`, ...host],
  inspect: ["inspect", `${plugins}/otlpexporter.dylib`],
};
const eraseLine = "\r\u001b[2K";

/** The time that a run took is another each time. */
const timeless = (screen: string): string => screen.replace(/\d+\.\d\d s$/gm, "0.00 s");

describeWith(noTerminal, "in a terminal", () => {
  it.each(
    Object.entries(commands).flatMap(([name, args]) =>
      [80, 200].map((columns) => [name, columns, args] as const),
    ),
  )("%s shows the golden screen at %i columns", async (name, columns, args) => {
    const { screen } = runInTerminal(args, columns, { CI: "1" });
    await expectGolden(timeless(screen), `terminal-${name}.${columns}`);
  });

  it("keeps its exit code", () => {
    expect(runInTerminal(commands["check-all"] ?? [], 80).code).toBe(1);
    expect(runInTerminal(["list", plugins], 80).code).toBe(0);
    expect(runInTerminal(["list", "nowhere"], 80).code).toBe(2);
  });

  it("shows nothing but ASCII where TERM is dumb or the locale is not UTF-8", () => {
    for (const env of [{ TERM: "dumb" }, { LC_ALL: "C" }, { LC_ALL: "de_DE.ISO-8859-1" }]) {
      const { screen } = runInTerminal(["list", plugins], 80, { ...env, NO_COLOR: "1", CI: "1" });
      expect(screen).toMatch(/^[\x20-\x7e\n]+$/);
    }
  });

  it("says nothing of wishes for color that contradict each other", () => {
    const { screen } = runInTerminal(["list", plugins], 80, { NO_COLOR: "1", FORCE_COLOR: "1" });
    expect(screen).toContain("\u001b[");
    expect(screen).not.toContain("Warning");
  });

  it.each(["", "\u001b]0;owned\u0007"])("escapes what it is told on the command line: %j", (word) => {
    const { screen } = runInTerminal(["list", `nowhere${word}`], 80);
    expect(screen).not.toContain("\u001b]");
    expect(screen).toContain("no such folder");
  });
});

describeWith(noTerminal, "the line of progress", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "plugins-progress-"));
    const file = fileURLToPath(
      new URL("../../fixtures/sample-rust/plugins/kafkaexporter.so", import.meta.url),
    );
    for (let at = 0; at < 2500; at++) symlinkSync(file, join(folder, `plugin-${at}.so`));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("is there while the work lasts, fits the terminal, and is gone in the end", () => {
    const { screen } = runInTerminal(["check-all", folder, ...host], 60);
    const shown = screen.split(eraseLine);
    expect(shown.length).toBeGreaterThan(2);
    for (const line of shown.slice(1, -1)) {
      expect(line).toMatch(/^\d+\/2500 /);
      expect(line.length).toBeLessThan(60);
    }
    expect(shown.at(-1)).toMatch(/^Host /);
  });

  it.each(["check-all", "list"])("is erased if Ctrl-C ends %s", async (command) => {
    // A list is quicker than a check.
    const large = mkdtempSync(join(folder, "large-"));
    for (let at = 0; at < 20_000; at++) symlinkSync("../plugin-0.so", join(large, `plugin-${at}.so`));
    const args = [command, large, ...(command === "list" ? [] : host)];
    const { screen, code } = await sitAtTerminal(args, { columns: 60, keys: [["/20000 ", "\u0003"]] });
    expect(screen).toMatch(/\d+\/20000 /);
    expect(screen.endsWith(eraseLine)).toBe(true);
    expect(code).toBe(130);
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("is erased if %s ends the command", async (signal, expected) => {
    const { screen, code } = await sitAtTerminal(["check-all", folder, ...host], {
      columns: 60,
      // `plugins` takes the place of this shell.
      before: 'echo "process $$."',
      keys: [["/2500 ", (screen) => process.kill(Number(/process (\d+)\./.exec(screen)?.[1]), signal)]],
    });
    expect(screen).toMatch(/\d+\/2500 /);
    expect(screen.endsWith(eraseLine)).toBe(true);
    expect(code).toBe(expected);
  });

  it.each([
    ["in CI", [], { CI: "true" }],
    ["where TERM is dumb", [], { TERM: "dumb" }],
    ["with --quiet", ["--quiet"], {}],
    ["with --json", ["--json"], {}],
  ] as const)("is not there %s", (_, flags, env) => {
    const { screen } = runInTerminal(["check-all", folder, ...host, ...flags], 60, env);
    expect(screen).not.toContain(eraseLine);
  });
});
