import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { environmentVariables } from "../../src/cli/config/environment.ts";
import { exitCodes } from "../../src/check/model/exit-code.ts";
import { describeWith, lackOf, testWith } from "../support/need.ts";
import { runCli } from "../support/run-cli.ts";

interface Command {
  readonly id: string;
  readonly summary: string;
  readonly args: Readonly<Record<string, object>>;
  readonly flags: Readonly<Record<string, { readonly char?: string; readonly options?: readonly string[] }>>;
}

const metadata = readFileSync(new URL("../../oclif.manifest.json", import.meta.url), "utf8");
const { commands } = JSON.parse(metadata) as { readonly commands: Readonly<Record<string, Command>> };
const page = readFileSync(new URL("../../dist/man/plugins.1", import.meta.url), "utf8");

function typeset(tool: string, ...args: readonly string[]): { readonly text: string; readonly said: string } {
  const { stdout, stderr } = spawnSync(tool, args, { input: page, encoding: "utf8" });
  return { text: stdout, said: stderr };
}

const noGroff = lackOf("groff");
const noMandoc = lackOf("mandoc");

describe("the man page", () => {
  it("is what `plugins man` prints", async () => {
    expect((await runCli(["man"])).stdout).toBe(page);
    expect(JSON.parse((await runCli(["man", "--json"])).stdout)).toMatchObject({ command: "man", page });
  });

  it("is ASCII", () => {
    expect(page).toMatch(/^[\x20-\x7e\n]+$/);
  });

  it("says nothing of this machine", () => {
    expect(page).not.toContain(fileURLToPath(new URL("../../", import.meta.url)));
  });

  testWith(noGroff, "has nothing that groff warns of", () => {
    expect(typeset("groff", "-man", "-ww", "-Tutf8", "-z").said).toBe("");
  });

  testWith(noMandoc, "has nothing that mandoc warns of", () => {
    const { text } = typeset("mandoc", "-T", "lint");
    // A build gives the same page whenever it is made, so that it bears no date.
    const said = text.split("\n").filter((line) => line !== "" && !line.includes("missing date"));
    expect(said).toEqual([]);
  });
});

describeWith(noGroff, "the man page as it is read", () => {
  // -P-cbou: no overstriking, no escape sequences. A page wide enough that nothing is broken.
  let text: string;
  let parts: ReadonlyMap<string | undefined, string>;

  beforeAll(() => {
    ({ text } = typeset("groff", "-man", "-Tascii", "-P-cbou", "-rLL=400n"));
    parts = new Map(
      text.split(/^ {3}(?=plugins )/m).map((part) => [/^plugins (\S+)$/m.exec(part)?.[1], part]),
    );
  });

  it.each(Object.values(commands))("has $id with every argument and flag", (command) => {
    const part = parts.get(command.id) ?? "";
    expect(part).toContain(command.summary);
    for (const arg of Object.keys(command.args)) expect(part).toContain(`\n       ${arg.toUpperCase()}`);
    const everywhere = text.slice(text.indexOf("COMMON OPTIONS"));
    for (const [name, { char, options = [] }] of Object.entries(command.flags)) {
      const place = ["json", "color"].includes(name) ? everywhere : part;
      const entry = new RegExp(`^ {7}--${name}[, ].*$\\s+.*$`, "m").exec(`${place}\n`)?.[0] ?? `no ${name}`;
      if (char !== undefined) expect(entry).toContain(`, -${char}`);
      for (const option of options) expect(entry).toContain(option);
    }
  });

  it("has every exit code and every variable of the environment", () => {
    for (const { code, means } of Object.values(exitCodes)) expect(text).toMatch(spaced(`${code} ${means}`));
    for (const [name, means] of Object.entries(environmentVariables)) {
      expect(text).toMatch(spaced(`${name} ${means}`));
    }
  });
});

/** These words, whatever is between them. */
function spaced(words: string): RegExp {
  const escaped = words.split(" ").map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(escaped.join("\\s+"));
}
