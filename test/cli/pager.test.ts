import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pagerOf, isLonger } from "../../src/cli/terminal/paged.ts";
import { buildElf } from "../support/elf-builder.ts";
import { runCli } from "../support/run-cli.ts";
import { describeWith, lackOf } from "../support/need.ts";
import { noTerminal, sitAtTerminal, type Sitting, type TerminalRun } from "../support/terminal.ts";

const inspect = ["inspect", "fixtures/sample-rust/plugins/kafkaexporter.so"];
const small: Sitting = { columns: 100, rows: 20 };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-pager-"));
  const symbols = Array.from({ length: 5000 }, (_, at) => ({ name: `symbol_${at}`, in: ".data", size: 8 }));
  writeFileSync(
    at("large.so"),
    buildElf({ sections: [{ name: ".data", content: Buffer.alloc(16) }], dynamicSymbols: symbols }),
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);

/** A pager of so many lines of shell; it says that it was there. */
const pager = (name: string, ...lines: readonly string[]): string => {
  writeFileSync(at(name), ["#!/bin/sh", ...lines, "echo paged", ""].join("\n"));
  chmodSync(at(name), 0o755);
  return at(name);
};

const run = (env: Readonly<Record<string, string>>, more: Partial<Sitting> = {}): Promise<TerminalRun> =>
  sitAtTerminal(inspect, { ...small, ...more, env: { ...env, ...more.env } });

describe("the pager's command", () => {
  it.each([
    [{}, "less"],
    [{ PAGER: "more" }, "more"],
    [{ PAGER: "more", PLUGINS_PAGER: "most -s" }, "most -s"],
    [{ PAGER: "more", PLUGINS_PAGER: "" }, undefined],
    [{ PAGER: "more", PLUGINS_PAGER: "cat" }, undefined],
    [{ PAGER: " " }, undefined],
    [{ PAGER: "cat" }, undefined],
  ])("of %j is %s", (environment, command) => {
    expect(pagerOf(environment)?.command).toBe(command);
  });

  it("gets LESS=FRX, unless the user has set it", () => {
    expect(pagerOf({})?.environment).toEqual({ LESS: "FRX" });
    expect(pagerOf({ LESS: "-i" })?.environment).toEqual({ LESS: "-i" });
    expect(pagerOf({ LESS: "" })?.environment).toEqual({ LESS: "" });
  });
});

describe("a text is longer than the terminal", () => {
  it.each([
    ["by its lines", "a\nb\nc\n", 80, 2, true],
    ["not if it has as many", "a\nb\nc\n", 80, 3, false],
    ["by a line that takes two", `${"a".repeat(81)}\nb\n`, 80, 2, true],
    ["not by its colors", `${"\u001b[31ma\u001b[0m".repeat(80)}\nb\n`, 80, 2, false],
    ["never if the terminal does not know its size", "a\n".repeat(1000), 0, 0, false],
  ])("%s", (_, text, columns, rows, longer) => {
    expect(isLonger(text, { columns, rows })).toBe(longer);
  });
});

describeWith(noTerminal, "inspect on a terminal", () => {
  it("gives a screen that is longer than the terminal to the pager, whole and with its colors", async () => {
    const { screen, code } = await run({ PLUGINS_PAGER: pager("keep", `cat > ${at("kept")}`) });
    expect([screen, code]).toEqual(["paged\n", 0]);
    const kept = readFileSync(at("kept"), "utf8");
    expect(kept).toContain("\u001b[1mfixtures/sample-rust/plugins/kafkaexporter.so");
    expect(kept).toMatch(/Sections[^]*\.otel_manifest/);
    const { screen: plain } = await run({}, { env: { PAGER: "cat" } });
    expect(kept).toBe(plain);
  });

  it("passes LESS=FRX, and arguments", async () => {
    const keep = pager("env", `echo "$LESS $1 $2"`);
    expect((await run({ PLUGINS_PAGER: `${keep}  -a b` })).screen).toBe("FRX -a b\npaged\n");
    expect((await run({ PLUGINS_PAGER: `${keep} 'a b' | tr a-z A-Z`, LESS: "i" })).screen).toBe(
      "I A B \nPAGED\n",
    );
  });

  it.each<[string, readonly string[], Partial<Sitting>]>([
    ["with --no-pager", ["--no-pager"], {}],
    ["with --json", ["--json"], {}],
    ["with --field", ["--field", "slices"], {}],
    ["if the screen fits", [], { rows: 200 }],
    ["in CI", [], { env: { CI: "1" } }],
    ["if TERM is dumb", [], { env: { TERM: "dumb" } }],
  ])("prints it as it is %s", async (_, flags, sitting) => {
    const env = { PLUGINS_PAGER: pager("unwanted"), ...sitting.env };
    const { screen, code } = await sitAtTerminal([...inspect, ...flags], { ...small, ...sitting, env });
    expect(screen).not.toContain("paged");
    expect(screen).toContain("otel_manifest");
    expect(code).toBe(0);
  });

  it("prints it as it is in a pipe", async () => {
    const { stdout } = await runCli(inspect, { env: { PLUGINS_PAGER: pager("unwanted") } });
    expect(stdout).not.toContain("paged");
    expect(stdout).toContain("otel_manifest");
  });

  it("keeps an exit code of 1", async () => {
    const { screen, code } = await sitAtTerminal(["inspect", "fixtures/sample-rust/plugins/notes.so"], {
      columns: 100,
      rows: 1,
      env: { PLUGINS_PAGER: pager("keep", `cat > ${at("kept")}`) },
    });
    expect([screen, code]).toEqual(["paged\n", 1]);
    expect(readFileSync(at("kept"), "utf8")).toContain("unreadable");
  });

  it.each([
    ["that is not there", () => "no-such-pager"],
    ["that may not be run", () => at("kept.txt")],
    ["that the shell does not find", () => "no-such-pager 'a b'"],
  ])("prints it without a pager %s", async (_, command) => {
    writeFileSync(at("kept.txt"), "");
    const { screen, code } = await run({ PLUGINS_PAGER: command() });
    expect(screen).toMatch(/kafkaexporter\.so[^]*Sections/);
    expect(screen).not.toMatch(/ENOENT|EACCES|\n\s+at /);
    expect(code).toBe(0);
  });

  it.each([
    ["without reading", "exit 3"],
    ["after a line", "head -1; exit 0"],
    ["by a signal", "kill -KILL $$"],
  ])("keeps its exit code, and says nothing, if the pager ends %s", async (_, end) => {
    const { screen, code } = await sitAtTerminal(["inspect", at("large.so"), "--symbols"], {
      ...small,
      env: { PLUGINS_PAGER: pager("early", end) },
    });
    expect(screen).not.toMatch(/EPIPE|Error|paged/);
    expect(screen.split("\n").length).toBeLessThan(4);
    expect(code).toBe(0);
  });

  it("leaves Ctrl-C to the pager", async () => {
    const wait = [
      "trap 'caught=yes' INT",
      "cat > /dev/null",
      "echo ready",
      "until [ $caught ]; do sleep 0.1; done",
    ];
    const { screen, code } = await run(
      { PLUGINS_PAGER: pager("busy", ...wait) },
      { keys: [["ready", "\u0003"]] },
    );
    expect(screen).toBe("ready\n^Cpaged\n");
    expect(code).toBe(0);
  });

  it.each([
    ["TERM", 143],
    ["HUP", 129],
  ])("ends the pager before itself by SIG%s", async (signal, expected) => {
    const lines = [`trap 'echo tidied; exit' ${signal}`, "cat > /dev/null", `kill -${signal} $PPID`];
    const { screen, code } = await run({
      PLUGINS_PAGER: pager("ended", ...lines, "while :; do sleep 0.1; done"),
    });
    expect(screen).toBe("tidied\n");
    expect(code).toBe(expected);
  });
});

describeWith(noTerminal ?? lackOf("less"), "less", () => {
  const sit = (...keys: readonly (readonly [string, string])[]): Promise<TerminalRun> =>
    sitAtTerminal(inspect, { ...small, keys, insists: true });

  it("is the pager if the user has not set one; it shows one screen with its colors until it is quit", async () => {
    const { screen, code } = await sit(["\u001b[K", "q"]);
    expect(screen).toContain("\u001b[1mfixtures/sample-rust/plugins/kafkaexporter.so");
    expect(screen).not.toContain("Sections");
    expect(screen.split("\n").length).toBeLessThan((small.rows ?? 0) + 3);
    expect(code).toBe(0);
  });

  it("shows the rest by its keys, and is not ended by Ctrl-C", async () => {
    const { screen, code } = await sit(["\u001b[K", "\u0003"], ["\u001b[K", "G"], ["(END)", "q"]);
    expect(screen).toContain("Sections");
    expect(code).toBe(0);
  });
});
