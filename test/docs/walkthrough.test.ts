import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

/** A block of the walkthrough: commands that are run, and how much of their output is shown. */
interface Step {
  readonly text: string;
  readonly commands: readonly string[];
  /** The paragraphs that begin with these words; all of them if absent. */
  readonly part?: readonly string[];
}

interface Said {
  readonly code: number | null;
  readonly text: string;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

const steps: readonly Step[] = [
  {
    text: `You have a folder of plugins and the Collector that will load them, and you have seen only the first screen of the README.
\`plugins\` is on the path, and \`--help\` lists the commands.

\`\`\`sh
mkdir /tmp/release
cp -r fixtures/sample-rust/otelcol fixtures/sample-rust/plugins /tmp/release
cd /tmp/release
\`\`\``,
    commands: ["plugins --help"],
    part: ["EXAMPLES", "COMMANDS"],
  },
  {
    text: `## See what you have

Every file in the folder, including those that are not plugins.`,
    commands: ["plugins list plugins"],
  },
  {
    text: "A closer look at one of them: what its manifest claims, and what the binary proves.",
    commands: ["plugins inspect plugins/redactionprocessor.so"],
    part: ["plugins/redactionprocessor.so", "CLAIM (", "Dependencies"],
  },
  {
    text: `## Check compatibility

This is the release gate. First comes a table, worst first; then what is wrong with each plugin, and how to fix it.`,
    commands: ["plugins check-all plugins --host otelcol", "echo $?"],
    part: ["Host ", "PLUGIN ", "redactionprocessor.so — ", "kafkaexporter.so — ", "Failing", "1"],
  },
  {
    text: "Why a rule exists, how it detects the problem, and how to fix it for good:",
    commands: ["plugins explain toolchain-mismatch"],
  },
  {
    text: `## Fix it

Each finding ends with its fix: \`cargo +1.95.0 build --release\` for \`redactionprocessor.so\`. Hold those plugins back until
they are rebuilt: a release with fewer plugins is better than one that does not start. \`--expect\` lists the plugins that
must not be lost along the way.`,
    commands: [
      "mkdir held-back",
      "mv plugins/[!d]* held-back",
      "plugins check-all plugins --host otelcol --expect debugexporter",
      "echo $?",
    ],
  },
  {
    text: `## Lock it

Ship exactly what was checked. The lock identifies host, plugins and policy by their content.`,
    commands: [
      "plugins lock plugins --host otelcol",
      "plugins check-all plugins --host otelcol --locked --quiet",
      "echo $?",
    ],
  },
  {
    text: "From now on, nothing gets in unnoticed:",
    commands: [
      "cp held-back/redactionprocessor.so plugins",
      "plugins check-all plugins --host otelcol --locked --quiet",
      "echo $?",
    ],
    part: ["cp held-back", "Host and plugin set", "Failing", "1"],
  },
  {
    text: `## Gate it

The same command works in a pipeline, with reports for people and machines. [The recipes](recipes/README.md) have it ready for
GitHub, GitLab, git, Docker and Kubernetes.`,
    commands: [
      "rm plugins/redactionprocessor.so",
      "plugins check-all plugins --host otelcol --locked --quiet -o table -o gitlab=quality.json -o junit=plugins.xml",
      "echo $?",
      "ls",
    ],
  },
];

let folder: string;
let bin: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-walk-"));
  bin = mkdtempSync(join(tmpdir(), "plugins-bin-"));
  mkdirSync(join(folder, "plugins"));
  copyFileSync(join(root, "fixtures/sample-rust/otelcol"), join(folder, "otelcol"));
  cpSync(join(root, "fixtures/sample-rust/plugins"), join(folder, "plugins"), { recursive: true });
  symlinkSync(join(root, "bin/run.js"), join(bin, "plugins"));
});

afterAll(() => {
  for (const each of [folder, bin]) rmSync(each, { recursive: true });
});

/** Runs a line in the folder. `$?` is the code of the line before. */
function run(line: string, before: number | null): Said {
  const script = `(exit ${before}); ${line}`;
  const { status, stdout } = spawnSync("sh", ["-c", `{ ${script}\n} 2>&1`], {
    cwd: folder,
    env: { PATH: `${bin}:${process.env["PATH"] ?? ""}`, HOME: folder, LANG: "C.UTF-8", TZ: "UTC" },
    encoding: "utf8",
  });
  // The time it took is different on each machine.
  return { code: status, text: stdout.replace(/ +\d+\.\d\d s$/gm, "") };
}

function transcript({ commands, part }: Step): string {
  let code: number | null = 0;
  const blocks = commands.map((line) => {
    const said = run(line, code);
    ({ code } = said);
    return `$ ${line}\n${part === undefined ? said.text : shortened(said.text, part)}`;
  });
  return blocks.join("").trimEnd();
}

/** The paragraphs that begin with these words, with a mark where others are left out. */
function shortened(text: string, starts: readonly string[]): string {
  if (text === "") return "";
  const paragraphs = text.replace(/\n(?=Failing)/, "\n\n").split(/\n\n+/);
  const kept = paragraphs.map((paragraph) =>
    starts.some((start) => paragraph.trimStart().startsWith(start)) ? paragraph : "…",
  );
  return `${kept
    .filter((paragraph, at) => paragraph !== "…" || kept[at - 1] !== "…")
    .join("\n\n")
    .trimEnd()}\n`;
}

it("the walkthrough shows what the program prints", async () => {
  const parts = steps.map((step) => `${step.text}\n\n\`\`\`console\n${transcript(step)}\n\`\`\``);
  const text = `# Walkthrough\n\n${parts.join("\n\n")}\n`;
  expect(text).not.toContain(folder);
  await expect(text).toMatchFileSnapshot("../../docs/walkthrough.md");
});

it("the walkthrough uses only commands that the help lists", () => {
  const help = run("plugins --help", 0).text;
  const lines = steps.flatMap(({ commands }) => commands).join("\n");
  for (const [, command] of lines.matchAll(/^plugins ([a-z][a-z-]*)/gm)) {
    expect(help).toMatch(new RegExp(`^  ${command} `, "m"));
  }
});
