import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { formats, listFormats } from "../../src/report/format.ts";
import { checkColumnNames } from "../../src/report/screen/check-columns.ts";
import { listColumnNames } from "../../src/report/screen/list-columns.ts";
import { ruleIds } from "../../src/rules/registry.ts";
import { describeWith } from "../support/need.ts";
import { runCli } from "../support/run-cli.ts";
import { lackOfShell, sessions, type Completed, type ShellName } from "./completion-session.ts";

const shells = Object.keys(sessions) as readonly ShellName[];

interface Metadata {
  readonly commands: Readonly<
    Record<string, { readonly flags: Readonly<Record<string, { readonly allowNo?: boolean }>> }>
  >;
}

const { commands } = JSON.parse(
  readFileSync(new URL("../../oclif.manifest.json", import.meta.url), "utf8"),
) as Metadata;

/** A line, and every word that may stand where it ends. */
const table: readonly (readonly [string, readonly string[]])[] = [
  ["plugins ch", ["check-all"]],
  ["otelcol-plugins va", ["validate"]],
  ["plugins --json lis", ["list"]],
  ["plugins --vers", ["--version"]],
  ["plugins help ins", ["inspect"]],
  ["plugins list --rec", ["--recursive"]],
  ["plugins list --no-", ["--no-color", "--no-config", "--no-headers", "--no-recursive"]],
  ["plugins check-all list --loc", ["--lock-file", "--locked"]],
  ["plugins list -o ", listFormats],
  ["plugins check-all --output ", formats],
  ["plugins check-all -o table -o gi", ["github", "gitlab"]],
  ["plugins check-all --policy ", ["loader", "proof", "strict"]],
  ["plugins check-all --fail-on=n", ["never", "note"]],
  ["plugins check-all --arch ", ["aarch64", "x86_64"]],
  ["plugins check-all --expect ", []],
  ["plugins explain loader-", ["loader-crashes", "loader-refuses"]],
  ["plugins completion ", shells],
  ["plugins list --columns ", listColumnNames],
  ["plugins check-all --columns=plugin,ta", ["target"]],
  ["plugins check-all --sort ", checkColumnNames],
  ["plugins schema ma", ["manifest"]],
  ["plugins bogus --js", []],
];

/** Where bash leaves a word to readline, only the line that was run shows what came of it. */
const paths: readonly (readonly [string, readonly string[]])[] = [
  ["plugins inspect pl", ["inspect", "plain.so"]],
  ["plugins check-all --host pl", ["check-all", "--host", "plain.so"]],
  ["plugins check-all -o sarif=pl", ["check-all", "-o", "sarif=plain.so"]],
  ["plugins check-all --output=sarif=pl", ["check-all", "--output=sarif=plain.so"]],
  ["plugins explain pla", ["explain", "plain.so"]],
];

for (const shell of shells) {
  // Debian has no PowerShell.
  const optional = shell === "powershell";
  const tests = (): void => {
    completes(shell);
  };
  describeWith(lackOfShell(shell), `completion in ${shell}`, tests, { optional });
}

function completes(shell: ShellName): void {
  const names = Object.keys(commands);
  const lines = [
    ...table.map(([line]) => line),
    ...paths.map(([line]) => line),
    ...names.map((name) => `plugins ${name} --`),
    "plugins list di",
    "plugins ",
  ];
  let completed: ReadonlyMap<string, Completed>;

  beforeAll(async () => {
    const { stdout } = await runCli(["completion", shell]);
    const results = sessions[shell](stdout, lines);
    completed = new Map(results.map((result, at) => [lines[at] ?? "", result]));
  });

  /** Some shells offer a flag's value with what is before it: the flag, or words of the same list. */
  const offered = (line: string): readonly string[] =>
    (completed.get(line)?.offered ?? ["the line was not run"]).map((word) =>
      word.replace(/^--(?:columns|fail-on|output)=/, "").replace(/^.*,/, ""),
    );

  it.each(table)("%j", (line, words) => {
    expect(offered(line)).toEqual([...words].sort());
  });

  it.each(names)("offers every flag of %s", (name) => {
    const flags = Object.entries(commands[name]?.flags ?? {}).flatMap(([flag, { allowNo }]) =>
      allowNo === true ? [`--${flag}`, `--no-${flag}`] : [`--${flag}`],
    );
    expect(offered(`plugins ${name} --`)).toEqual([...flags, "--help"].sort());
  });

  it("offers every command", () => {
    expect(offered("plugins ").filter((word) => !word.startsWith("-"))).toEqual([...names, "help"].sort());
  });

  it.each(paths)("%j is a file", (line, words) => {
    if (shell === "bash" || shell === "zsh") expect(completed.get(line)?.ran).toEqual(words);
    else
      expect(offered(line).map((word) => word.replace(/^\.\//, ""))).toEqual([
        words.at(-1)?.replace(/^--output=/, ""),
      ]);
  });

  it("offers folders where plugins are looked for in one", () => {
    const { offered: words = [], ran = [] } = completed.get("plugins list di") ?? {};
    expect([...words, ...ran].map((word) => word.replace(/[\\/']/g, ""))).toContain("dir one");
  });
}

describe("plugins completion", () => {
  it("is one JSON document with --json", async () => {
    const { code, stdout } = await runCli(["completion", "bash", "--json"]);
    const plain = await runCli(["completion", "bash"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      command: "completion",
      shell: "bash",
      script: plain.stdout,
      exitCode: 0,
    });
  });

  it.each([
    [["completion"], "missing argument SHELL"],
    [["completion", "tcsh"], "bash, zsh, fish, powershell"],
    [["completion", "bash", "zsh"], "unexpected argument zsh"],
  ] as const)("%j is exit 2", async (args, problem) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(problem);
  });

  it.each(shells)("names every command, flag and rule for %s", async (shell) => {
    const { stdout } = await runCli(["completion", shell]);
    const flags = Object.values(commands).flatMap((command) => Object.keys(command.flags));
    for (const word of [...Object.keys(commands), ...ruleIds]) expect(stdout).toContain(word);
    for (const flag of flags) expect(stdout).toMatch(new RegExp(`(?:--|-l )${flag}\\b`));
  });

  it("begins its help with examples", async () => {
    const { stdout } = await runCli(["completion", "--help"]);
    await expect(stdout).toMatchFileSnapshot("../golden/help-completion.txt");
  });
});
