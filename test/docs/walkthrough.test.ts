import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

/** A block of the walk: commands that are run, and how much of what they say is shown. */
interface Step {
  readonly text: string;
  readonly commands: readonly string[];
  /** Lines from the one that has these words to the next that is empty; all where absent. */
  readonly part?: readonly string[];
}

interface Said {
  readonly code: number | null;
  readonly text: string;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

const steps: readonly Step[] = [
  {
    text: `A folder of plugins and the Collector that is to load them, and nothing known but the first screen of the README:
\`plugins\` is on the path, and \`--help\` says what there is.

\`\`\`sh
mkdir /tmp/release
cp -r fixtures/sample/otelcol fixtures/sample/plugins /tmp/release
cd /tmp/release
\`\`\``,
    commands: ["plugins --help"],
    part: ["EXAMPLES", "COMMANDS"],
  },
  {
    text: `## What is there

Every file of the folder, also what is no plugin.`,
    commands: ["plugins list plugins"],
  },
  {
    text: "One of them more closely: what its manifest claims, and what the binary proves.",
    commands: ["plugins inspect plugins/redactionprocessor.so"],
    part: ["plugins/redactionprocessor.so", "CLAIM (", "Dependencies"],
  },
  {
    text: `## Whether it fits

The gate itself. The table comes first, the worst first in it; then what is wrong with each plugin and what fixes it.`,
    commands: ["plugins check-all plugins --host otelcol", "echo $?"],
    part: ["Host ", "PLUGIN ", "redactionprocessor.so — ", "kafkaexporter.so — ", "Failing", "1"],
  },
  {
    text: "Why a rule is there, how it finds what it finds, and what fixes it for good:",
    commands: ["plugins explain toolchain-mismatch"],
  },
  {
    text: `## Fix it

Each finding ends with what fixes it: \`cargo +1.95.0 build --release\` for \`redactionprocessor.so\`. Until those plugins are
built again, they are held back: a release with fewer plugins is better than one that does not start.
\`--expect\` names those that must not be forgotten on the way.`,
    commands: [
      "mkdir held-back",
      "mv plugins/[!d]* held-back",
      "plugins check-all plugins --host otelcol --expect debugexporter",
      "echo $?",
    ],
  },
  {
    text: `## Lock it

What was checked is what shall be shipped. The lock names host, plugins and policy by their content.`,
    commands: [
      "plugins lock plugins --host otelcol",
      "plugins check-all plugins --host otelcol --locked --quiet",
      "echo $?",
    ],
  },
  {
    text: "From now on nothing gets in unseen:",
    commands: [
      "cp held-back/redactionprocessor.so plugins",
      "plugins check-all plugins --host otelcol --locked --quiet",
      "echo $?",
    ],
    part: ["cp held-back", "Host and plugin set", "Failing", "1"],
  },
  {
    text: `## Gate it

The same command in a pipeline, with reports for people and machines. [The recipes](recipes/README.md) have it for GitHub,
GitLab, git, Docker and Kubernetes.`,
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
  copyFileSync(join(root, "fixtures/sample/otelcol"), join(folder, "otelcol"));
  cpSync(join(root, "fixtures/sample/plugins"), join(folder, "plugins"), { recursive: true });
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
  // The time that it took is another on each machine.
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

/** The paragraphs that begin with a line of these words, with a mark where others are left out. */
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

it("the walk of a new user is what the program says", async () => {
  const parts = steps.map((step) => `${step.text}\n\n\`\`\`console\n${transcript(step)}\n\`\`\``);
  const text = `# A walk\n\n${parts.join("\n\n")}\n`;
  expect(text).not.toContain(folder);
  await expect(text).toMatchFileSnapshot("../../docs/walkthrough.md");
});

it("the walk uses only what the help of the program names", () => {
  const help = run("plugins --help", 0).text;
  const lines = steps.flatMap(({ commands }) => commands).join("\n");
  for (const [, command] of lines.matchAll(/^plugins ([a-z][a-z-]*)/gm)) {
    expect(help).toMatch(new RegExp(`^  ${command} `, "m"));
  }
});
