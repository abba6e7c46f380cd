import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(join(root, "docs/library.md"), "utf8");
let folder: string;

/** A project that has the package installed, and the sample plugins beside it. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-library-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/otelcol-plugins"));
  symlinkSync(join(root, "node_modules/@types"), join(folder, "node_modules/@types"));
  symlinkSync(join(root, "fixtures/sample/plugins"), join(folder, "plugins"));
  symlinkSync(join(root, "fixtures/sample/otelcol"), join(folder, "otelcol"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function put(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
}

describe("the package as a library", () => {
  const snippet = /<!-- snippet: library -->\s+```ts\n(.*?)```/s.exec(page)?.[1] ?? "";

  it("does what the page shows", () => {
    const lines = node(put("check.js", snippet)).trimEnd().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual([
      "compatible",
      "incompatible",
      "unknown",
      "incompatible",
      "unreadable",
      "incompatible",
      "incompatible",
      "incompatible",
      "0",
    ]);
  });

  it("has types that a strict project can use", () => {
    const strict = ["--strict", "--exactOptionalPropertyTypes", "--module", "nodenext", "--types", "node"];
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    expect(node(tsc, "--noEmit", ...strict, put("check.ts", snippet))).toBe("");
  });

  it("has the functions that the page names, and no others", () => {
    const list = `import * as all from "otelcol-plugins";
      console.log(Object.keys(all).filter((name) => typeof all[name] === "function").join(" "));`;
    const functions = node(put("list.js", list)).trim().split(" ");
    const named = [...page.matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, names = ""]) =>
      names.split(", ").map((name) => name.replaceAll("`", "")),
    );
    expect(functions.filter((name) => name !== "UsageError").sort()).toEqual(named.sort());
  });
});
