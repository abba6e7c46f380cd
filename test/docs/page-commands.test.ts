import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rulePages } from "../../src/rules/generated/pages.ts";
import { builtFixtures } from "../support/built-fixtures.ts";
import { describeWith, lackOf } from "../support/need.ts";

const program = fileURLToPath(new URL("../../bin/run.js", import.meta.url));

/** Each once, in the order of the pages. */
const commands = [
  ...new Set(
    Object.values(rulePages).flatMap(({ fix }) =>
      fix.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === "command" ? [step.run] : []))),
    ),
  ),
];

/** Change a project, or install something: what they do is tried with real projects in test/fix. */
const changing =
  /^(?:go get|go mod edit -exclude|go list -m MODULE|cargo (?:update|auditable|\+|build --(?:profile|release --target))|rustup)/;

/** Build something: tried in a project without dependencies. */
const building = /^(?:[A-Z_]+=\S+ )*(?:go build|go mod edit -module|cargo build --release$|cc -shared)/;

const reading = commands.filter((command) => !changing.test(command) && !building.test(command));

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-page-commands-"));
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "plugins"), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(join(bin, "plugins"), 0o755);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** In its own folder. */
function run(command: string, at: string): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
    cwd: at,
    encoding: "utf8",
    env: {
      ...process.env,
      PATH: `${join(folder, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
      GOFLAGS: "",
    },
  });
  return { status, text: stdout + stderr };
}

it("of the pages are all read, built with or tried elsewhere", () => {
  expect(commands.length).toBeGreaterThan(30);
  expect(reading.length).toBeGreaterThan(20);
  for (const command of reading)
    expect(command).toMatch(
      /^(?:plugins|go version|go env|readelf|objcopy|sha256sum|rustc|cc -dumpmachine)\b/,
    );
});

describeWith(
  lackOf("go", "rustc", "cc", "readelf", "objcopy") ?? builtFixtures().missing("compat/otelcol"),
  "a command on a rule's page that reads",
  () => {
    beforeAll(() => {
      const built = builtFixtures();
      mkdirSync(join(folder, "DIR"));
      for (const [name, id] of [
        ["HOST", "otelcol"],
        ["PLUGIN.so", "debugexporter"],
        ["ONE.so", "debugexporter"],
        ["OTHER.so", "kafkaexporter"],
        ["DIR/plugin.so", "debugexporter"],
      ] as const)
        copyFileSync(built.get(`compat/${id}`).file, join(folder, name));
    });

    it.each(reading)("works: %s", (command) => {
      const message = "plugin was built with a different version of package internal/goarch";
      const { status, text } = run(command.replace("MESSAGE", message), folder);
      // What checks may also have found something.
      expect(/^plugins (?:validate|check-all)/.test(command) ? [0, 1] : [0]).toContain(status);
      if (!command.startsWith("objcopy")) expect(text.trim()).not.toBe("");
    });
  },
);

describeWith(lackOf("go", "cargo", "cc"), "a command on a rule's page that builds", () => {
  it.each(commands.filter((command) => building.test(command)))("works: %s", (command) => {
    const project = mkdtempSync(join(folder, "project-"));
    if (command.includes("cargo")) {
      execFileSync("cargo", ["init", "--lib", "--name", "plugin", "--vcs", "none", "."], { cwd: project });
    } else if (command.startsWith("cc ")) {
      writeFileSync(join(project, "plugin.c"), "int answer(void) { return 42; }\n");
    } else {
      writeFileSync(join(project, "go.mod"), "module example.com/plugin\n\ngo 1.21\n");
      writeFileSync(join(project, "main.go"), "package main\n\nfunc main() {}\n");
    }
    expect(run(command, project)).toMatchObject({ status: 0 });
  });
});
