import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

function run(
  script: string,
  ...args: readonly string[]
): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...args], {
    encoding: "utf8",
    timeout: 20_000,
  });
  return { code: status, said: stdout + stderr };
}

const scripts: Readonly<Record<string, string>> = {
  "test/fuzz/run.js": "npm run fuzz",
  "test/corpora/run.js": "npm run corpora",
  "scripts/mutation.js": "npm run test:mutation",
  "scripts/release-files.js": "npm run build:release",
  "scripts/executable/build.js": "npm run build:executable",
};

it.each(Object.entries(scripts))("%s says how it is used, and does nothing else", (script, command) => {
  const wrong = run(script, "--bogus");
  expect(wrong.code).toBe(2);
  expect(wrong.said).toMatch(/^Unknown option '--bogus'/);
  expect(wrong.said).toContain(`\nusage: ${command}`);
  expect(wrong.said).not.toContain("    at ");
  const help = run(script, "--help");
  expect(help.code).toBe(0);
  expect(help.said).toMatch(new RegExp(`^usage: ${command}.*\n$`));
});

const mistakes: readonly (readonly [readonly [string, ...string[]], string])[] = [
  [["test/fuzz/run.js", "--only", "nope"], "there is no kind nope: expected elf, "],
  [["test/fuzz/run.js", "--tries", "x"], "--seed, --tries and --from take whole numbers"],
  [["test/fuzz/run.js", "--from", "2147483647", "--tries", "1"], "there are 2147483647 inputs"],
  [["scripts/mutation.js", "src/nope"], "there is no src/nope in this repository"],
  [["scripts/mutation.js", "--share", "0", "src/rules"], "--share takes a whole number, from 1 on"],
  [["scripts/executable/build.js", "windows"], "unknown target windows: expected linux-x64"],
];

it.each(mistakes)("%j", ([script, ...args], text) => {
  const { code, said } = run(script, ...args);
  expect(said).toContain(text);
  expect(code).toBe(2);
});

it("a release is not written over a folder that has other files", () => {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  mkdirSync(join(folder, "work"));
  writeFileSync(join(folder, "SHA256SUMS"), "00  plugins-linux-x64\n");
  const { code, said } = run("scripts/release-files.js", "--out", folder);
  expect(said).toContain("would be emptied, and has work, which is of no release");
  expect(code).toBe(2);
  expect(readdirSync(folder)).toEqual(["SHA256SUMS", "work"]);
  rmSync(folder, { recursive: true });
});
