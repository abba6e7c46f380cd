import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lackOf, testWith } from "../support/need.ts";
import { runCli } from "../support/run-cli.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const sample = join(root, "fixtures/sample");
const readme = readFileSync(join(root, "README.md"), "utf8");

it("the README begins with a real screen", async () => {
  const command = ["check-all", "fixtures/sample/plugins", "--host", "fixtures/sample/otelcol"];
  const { stdout, stderr, code } = await runCli(command, { cwd: root });
  expect(code).toBe(1);
  // The time that it took is different on each machine.
  const screen = `${stdout}${stderr}`.replace(/ +\d+\.\d\d s$/m, "").trimEnd();
  const block = ["```console", `$ plugins ${command.join(" ")}`, screen, "```"].join("\n");
  const shown = readme.replace(/```console\n.*?```/s, () => block);
  await expect(shown).toMatchFileSnapshot("../../README.md");
});

describe("the README's recipes", () => {
  /** In order: exit code, and what the command tells. */
  const told = [
    [1, /3 incompatible/],
    [0, /internal\/goarch/],
    [0, /These files reproduce the message/],
    [0, /^$/],
    [0, /appended the section \.gnu\.warning\.otel_manifest/],
    [0, /its manifest is what the sources and the file say/],
    [1, /toolchain .*1\.26\.0 .*1\.26\.8/],
    [1, /3 incompatible/],
  ] as const;
  const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, text = ""]) => text);
  const commands = blocks.flatMap((text) => text.split("\n")).filter((line) => line.startsWith("plugins "));
  const lack = lackOf("go", "gcc");
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "plugins-readme-"));
    cpSync(join(sample, "plugins"), join(folder, "dist/plugins"), { recursive: true });
    copyFileSync(join(sample, "otelcol"), join(folder, "dist/otelcol"));
    // Stands in for the Collector before the upgrade: it was built with a different Go.
    mkdirSync(join(folder, "old"));
    copyFileSync(join(sample, "plugins/filterprocessor.so"), join(folder, "old/otelcol"));
    mkdirSync(join(folder, "kafka"));
    writeFileSync(join(folder, "kafka/go.mod"), "module example.com/kafka\n\ngo 1.21\n");
    writeFileSync(join(folder, "kafka/main.go"), "package main\n\nvar Name = 1\n\nfunc main() {}\n");
    if (lack === undefined) {
      const args = ["build", "-buildmode=plugin", "-trimpath", "-o", "../kafka.so"];
      execFileSync("go", args, { cwd: join(folder, "kafka") });
    }
    writeFileSync(
      join(folder, "otelcol.log"),
      'plugin.Open("dist/plugins/kafkaexporter"): plugin was built with a different version of package go.opentelemetry.io/otel/trace/embedded\n',
    );
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("are as many as are tried here", () => {
    expect(commands).toHaveLength(told.length);
  });

  /** Runs a line of the README as a shell does, with stderr among its output. */
  function run(line: string): readonly [code: number | null, text: string] {
    const { status, stdout } = spawnSync("sh", ["-c", `${line.replace("plugins", '"$PLUGINS"')} 2>&1`], {
      cwd: folder,
      env: { ...process.env, SOURCE_DATE_EPOCH: "1700000000", PLUGINS: join(root, "bin/run.js") },
      encoding: "utf8",
    });
    return [status, stdout];
  }

  for (const [at, [code, words]] of told.entries()) {
    const line = commands[at] ?? "";
    testWith(line.includes("kafka.so") || line.includes("./kafka") ? lack : undefined, line, () => {
      expect(run(line)).toEqual([code, expect.stringMatching(words)]);
    });
  }

  it("leave the commands that fix the plugins in a script", () => {
    const line = commands.find((each) => each.includes("--fix-script fix.sh")) ?? "";
    expect(run(line)[0]).toBe(1);
    const script = readFileSync(join(folder, "fix.sh"), "utf8");
    expect(script).toContain("\ngo get go.opentelemetry.io/otel/trace@v1.44.0 && go mod tidy\n");
  });
});
