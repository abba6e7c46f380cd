import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { goRelease } from "../support/go-releases.ts";
import { describeWith, lackOf } from "../support/need.ts";

/** A block of the walkthrough: commands that are run, and how much of their output is shown. */
interface Step {
  readonly text: string;
  readonly commands: readonly string[];
  /** The paragraphs that begin with these words; all of them if absent. */
  readonly part?: readonly string[];
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const sources = join(root, "fixtures/sample/src");
/** Releases that the steps name. */
const releases = ["1.26.8", "1.26.0"];
const gate = "plugins check-all dist/plugins --host dist/otelcol";

const steps: readonly Step[] = [
  {
    text: `You have a Collector that loads Go plugins, and you have seen only the README. This page goes from a folder of plugins to a release
gate: see what is wrong, find the cause, run the fix, see it pass. A test runs every command here with real Go releases; the
outputs are what they printed.

To follow along, you need Linux on x86_64, Go 1.21 or later, a C compiler, and \`plugins\` on the path. Start in a clone of this
repository: [fixtures/sample/src](../fixtures/sample/src) has the sources of a small host, and of four plugins that share one module
with it. The go command downloads the Go releases that the builds ask for.

## A release with three mistakes

The release team builds the host. Four other teams build the plugins, each as they always do:`,
    commands: [
      "repository=$PWD",
      "cp -r fixtures/sample/src /tmp/release && cd /tmp/release",
      "export GOTOOLCHAIN=go1.26.8",
      "mkdir -p dist/plugins",
      "(cd otelcol && go build -trimpath -o ../dist/otelcol .)",
      "(cd debugexporter && go build -buildmode=plugin -trimpath -o ../dist/plugins/ .)",
      "(cd filterprocessor && GOTOOLCHAIN=go1.26.0 go build -buildmode=plugin -trimpath -o ../dist/plugins/ .)",
      "(cd kafkaexporter && go build -buildmode=plugin -trimpath -o ../dist/plugins/ .)",
      "(cd transformprocessor && go build -buildmode=plugin -o ../dist/plugins/ .)",
    ],
  },
  {
    text: "Every build succeeds. The plugins show what they were built with, although nobody embedded a manifest:",
    commands: ["plugins list dist/plugins"],
  },
  {
    text: `## The gate

First comes a table, worst first. Then come the causes: what differs, what the loader would say, and the commands that fix it.`,
    commands: [gate, "echo $?"],
  },
  {
    text: `The real host gives the same messages, word for word. Without the gate, you would first see them here. Each names one package, and not
the cause:`,
    commands: ["dist/otelcol dist/plugins/*.so"],
  },
  {
    text: `## Find the cause

If all you have is a log, start there. With the plugin and the host, \`explain\` also says which of the possible causes applies:`,
    commands: [
      "dist/otelcol dist/plugins/kafkaexporter.so 2> otelcol.log",
      "plugins explain --error - dist/plugins/kafkaexporter.so --host dist/otelcol < otelcol.log",
    ],
    part: ["Go — ", "What it means", "What these files say"],
  },
  {
    text: "`validate` shows every comparison of one plugin, what passed too, and where each value was read:",
    commands: ["plugins validate dist/plugins/filterprocessor.so --host dist/otelcol"],
    part: ["dist/", "CHECK "],
  },
  {
    text: "Why a rule exists, and how to fix the problem for good:",
    commands: ["plugins explain build-flags-mismatch"],
    part: ["build-flags-mismatch", "Why it matters", "How to fix it"],
  },
  {
    text: `## Fix it

Run the commands of each cause in the plugin's project, as they are printed. [fixes.md](fixes.md) shows what came of every such
command on real toolchains. \`--fix-script FILE\` writes them all to a file.`,
    commands: [
      "cd filterprocessor",
      "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath .",
      "cp filterprocessor.so ../dist/plugins",
      "cd ../kafkaexporter",
      "go get go.opentelemetry.io/otel/trace@v1.44.0 && go mod tidy",
      "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath .",
      "cp kafkaexporter.so ../dist/plugins",
      "cd ../transformprocessor",
      "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath .",
      "cp transformprocessor.so ../dist/plugins",
      "cd ..",
    ],
  },
  {
    text: `## See it pass

The gate is green, and the real host loads all four:`,
    commands: [gate, "echo $?", "dist/otelcol dist/plugins/*.so"],
  },
  {
    text: `## Keep it that way

A gate that only checks what is in the folder does not notice a plugin that got lost on the way. \`--expect\` lists the plugins that
must be there:`,
    commands: [
      "mv dist/plugins/debugexporter.so .",
      `${gate} --quiet --expect debugexporter,kafkaexporter`,
      "echo $?",
      "mv debugexporter.so dist/plugins",
    ],
  },
  {
    text: `The lock identifies host, plugins and policy by their content, so that you ship exactly what was checked. Anything else fails, even
a plugin that the host would load:`,
    commands: [
      "plugins lock dist/plugins --host dist/otelcol --quiet",
      `${gate} --locked --quiet`,
      "echo $?",
      "(cd kafkaexporter && go build -buildmode=plugin -trimpath -ldflags=-s -o ../dist/plugins/ .)",
      `${gate} --locked --quiet`,
      "echo $?",
    ],
  },
  {
    text: `## In a pipeline

The same command writes reports for people and machines. [The recipes](recipes/README.md) have it ready for GitHub, GitLab, git,
Docker and Kubernetes.`,
    commands: [
      "cp kafkaexporter/kafkaexporter.so dist/plugins",
      `${gate} --locked --quiet -o table -o gitlab=quality.json -o junit=plugins.xml`,
      "echo $?",
      "ls",
    ],
  },
  {
    text: `## Rust, macOS, other machines

Nothing is loaded, so plugins for a different system are checked in the same way. No loader notices that a Rust plugin was built by a
different compiler, or with different crates: what it was built with comes from [a manifest](manifest.md), or from
\`cargo auditable\`. Back in the repository:`,
    commands: [
      'cd "$repository"',
      "plugins check-all fixtures/sample-rust/plugins --host fixtures/sample-rust/otelcol",
    ],
    part: ["cd ", "Host ", "PLUGIN ", "✗ error  1 ", "✗ error  4 ", "Failing"],
  },
];

let folder: string;
let release: string;
let outputs: readonly string[];

/** Programs that the steps run; a tree like the repository's, so that the steps start as a reader does. */
function prepare(): void {
  folder = mkdtempSync(join(tmpdir(), "plugins-walk-"));
  release = join(folder, "release");
  for (const name of ["bin", "home", "start/fixtures/sample"])
    mkdirSync(join(folder, name), { recursive: true });
  cpSync(sources, join(folder, "start/fixtures/sample/src"), { recursive: true });
  symlinkSync(join(root, "fixtures/sample-rust"), join(folder, "start/fixtures/sample-rust"));
  symlinkSync(join(root, "bin/run.js"), join(folder, "bin/plugins"));
}

/** Go as somebody has it who never set anything, but with the machine's caches and proxy. */
function environment(): Readonly<Record<string, string>> {
  const names = ["GOMODCACHE", "GOCACHE", "GOPROXY", "GOSUMDB"];
  const values = spawnSync("go", ["env", ...names], { cwd: "/", encoding: "utf8" }).stdout.split("\n");
  return {
    PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
    HOME: join(folder, "home"),
    LANG: "C.UTF-8",
    TZ: "UTC",
    GOENV: "off",
    ...Object.fromEntries(names.map((name, at) => [name, values[at] ?? ""])),
  };
}

/** What each line prints, in one shell: folder, variables and `$?` are those that the lines before left. */
function run(lines: readonly string[]): readonly string[] {
  const mark = "\u001e";
  const script = lines.map((line) => `${line}\ncode=$?; printf '${mark}'; (exit $code)\n`).join("");
  const { stdout } = spawnSync("sh", ["-c", `exec 2>&1\n${script}`], {
    cwd: join(folder, "start"),
    env: environment(),
    encoding: "utf8",
  });
  // The time it took is different on each machine.
  return stdout.split(mark).map((text) => text.replace(/ +\d+\.\d\d s$/gm, ""));
}

/** `/tmp/release` is a folder of the test's own. */
function here(line: string): string {
  return line.replaceAll("/tmp/release", release);
}

function transcript({ commands, part }: Step, said: readonly string[]): string {
  const blocks = commands.map((line, at) => {
    const text = said[at] ?? "";
    return `$ ${line}\n${part === undefined ? text : shortened(text, part)}`;
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

/** The screens show x86_64 and glibc. Modules and releases of Go are fetched once. */
function lackOfGo(): string | undefined {
  if (isElsewhere) return "no x86_64 Linux";
  const lack = lackOf("go", "gcc") ?? releases.map((each) => goRelease(each).missing).find((why) => why);
  if (lack !== undefined) return lack;
  const place = mkdtempSync(join(tmpdir(), "plugins-fetch-"));
  try {
    cpSync(join(sources, "kafkaexporter"), place, { recursive: true });
    const script =
      "go mod download && go get go.opentelemetry.io/otel/trace@v1.44.0 && go mod tidy && go mod download";
    const { status } = spawnSync("sh", ["-c", script], { cwd: place, stdio: "ignore" });
    return status === 0 ? undefined : "no go.opentelemetry.io/otel/trace, which could not be fetched";
  } finally {
    rmSync(place, { recursive: true });
  }
}

const isElsewhere = process.platform !== "linux" || process.arch !== "x64";

describeWith(
  lackOfGo(),
  "the walkthrough",
  () => {
    beforeAll(() => {
      prepare();
      outputs = run(steps.flatMap(({ commands }) => commands.map(here)));
    }, 600_000);

    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    it("shows what the commands print", async () => {
      let at = 0;
      const parts = steps.map((step) => {
        const said = outputs.slice(at, (at += step.commands.length));
        return `${step.text}\n\n\`\`\`console\n${transcript(step, said)}\n\`\`\``;
      });
      const text = `# Walkthrough\n\n${parts.join("\n\n")}\n`;
      expect(text).not.toContain(folder);
      await expect(text).toMatchFileSnapshot("../../docs/walkthrough.md");
    });

    it("runs the commands that the gate prints, word for word and all of them", () => {
      const lines = steps.flatMap(({ commands }) => commands);
      const first = outputs[lines.indexOf(gate)] ?? "";
      const printed = [...first.matchAll(/^ +fix +(.*?)(?: {3}#.*)?$/gm)].map(([, fix]) => fix);
      const fixing = steps.find(({ text }) => text.startsWith("## Fix it"))?.commands ?? [];
      expect(printed.length).toBeGreaterThan(2);
      expect(fixing.filter((line) => !/^(?:cd|cp) /.test(line))).toEqual(printed);
    });

    it("shows the host's own words in the gate", () => {
      const lines = steps.flatMap(({ commands }) => commands);
      const first = outputs[lines.indexOf(gate)] ?? "";
      const refused = outputs[lines.indexOf("dist/otelcol dist/plugins/*.so")] ?? "";
      const words = [...refused.matchAll(/^otelcol: cannot load a plugin: plugin\.Open\(".*?"\): (.*)$/gm)];
      expect(words).toHaveLength(3);
      for (const [, message = ""] of words)
        expect(first).toContain(`plugin.Open would refuse it: ${message}\n`);
    });
  },
  { optional: isElsewhere },
);
