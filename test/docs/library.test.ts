import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unexported } from "../support/exported-types.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(join(root, "docs/library.md"), "utf8");
let folder: string;

/** A project that has the package installed, and the sample plugins beside it. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-library-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/otelcol-plugins"));
  symlinkSync(join(root, "node_modules/@types"), join(folder, "node_modules/@types"));
  symlinkSync(join(root, "fixtures/sample-rust/plugins"), join(folder, "plugins"));
  symlinkSync(join(root, "fixtures/sample-rust/otelcol"), join(folder, "otelcol"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function put(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function node(...args: readonly string[]): { readonly code: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return { code: status, text: stdout + stderr };
}

/** What the library does with the least that its types ask for. */
const minimal = `import {
  causesOf, checkAll, diff, exitCodeOf, explainError, explainRule, explainRules, failureText, fixScriptOf, gateFailures,
  headlineOf, inspect, list, lock, policyInForce, reportText, validate,
} from "otelcol-plugins";

const host = { kind: "binary", path: "otelcol" }CONST;
const file = "plugins/kafkaexporter.so";
const listed = await list({ folders: ["plugins"] });
const result = await validate({ files: [file], host });
const all = await checkAll({ folders: ["plugins"], host });
const inspected = await inspect(file);
const { summary } = await diff(file, "plugins/otlpexporter.dylib");
const policy = policyInForce({}, new Date());
const context = {
  tool: { name: "mine", version: "1" }, command: "check-all"CONST, exitCode: exitCodeOf(all, {}),
  failure: failureText(all, {}), gate: {}, place: { folder: "/", root: "/" },
};
const reports = [];
for (const format of ["json", "sarif", "junit", "gitlab", "github", "markdown", "cyclonedx", "html"]CONST) {
  reports.push((await reportText(format, all, context)).length > 0);
}
console.log(JSON.stringify([
  listed.plugins.length, result.plugins.length, all.plugins.length, inspected.path, summary.matter > 0, policy.base,
  reports, gateFailures(result, {}), explainRule("claim-target")?.id, explainRules().length > 0,
  (await explainError("plugin: not implemented"))?.message.check,
  (await explainError("plugin: not implemented", { file, host }))?.files?.path,
  causesOf(all).map(headlineOf).length > 3, fixScriptOf(all, {}).startsWith("#!"),
  (await lock({ files: [file], host }, { file: "lock.json", policySha256: "0" }, context.tool)).document.plugins.length,
]));
`;

describe("the package as a library", () => {
  const snippet = /<!-- snippet: library -->\s+```ts\n(.*?)```/s.exec(page)?.[1] ?? "";

  it("does what the page shows", () => {
    const { code, text } = node(put("check.js", snippet));
    const lines = text.trimEnd().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual([
      "compatible",
      "incompatible",
      "unknown",
      "incompatible",
      "unreadable",
      "incompatible",
      "incompatible",
      "compatible",
      "Failing:",
    ]);
    expect(code).toBe(1);
  });

  it("needs no more than its types ask for", () => {
    const { code, text } = node(put("minimal.js", minimal.replaceAll("CONST", "")));
    expect([code, code === 0 ? (JSON.parse(text) as unknown) : text]).toEqual([
      0,
      [
        8,
        1,
        8,
        "plugins/kafkaexporter.so",
        true,
        "proof",
        Array<boolean>(8).fill(true),
        [{ kind: "incompatible", count: 1 }],
        "claim-target",
        true,
        "not-implemented",
        "plugins/kafkaexporter.so",
        true,
        true,
        1,
      ],
    ]);
  });

  it("has types that a strict project can use", () => {
    const strict = ["--strict", "--exactOptionalPropertyTypes", "--module", "nodenext", "--types", "node"];
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const files = [put("check.ts", snippet), put("minimal.ts", minimal.replaceAll("CONST", " as const"))];
    expect(node(tsc, "--noEmit", "--target", "es2022", ...strict, ...files)).toEqual({ code: 0, text: "" });
  });

  it("exports every type that its own types mention", () => {
    expect(unexported(join(root, "src/index.ts"))).toEqual([]);
  });

  it("has the functions that the page names, and no others", () => {
    const list = `import * as all from "otelcol-plugins";
      console.log(Object.keys(all).filter((name) => typeof all[name] === "function").join(" "));`;
    const functions = node(put("list.js", list)).text.trim().split(" ");
    const named = [...page.matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, names = ""]) =>
      names.split(", ").map((name) => name.replaceAll("`", "")),
    );
    expect(functions.filter((name) => !/^[A-Z]/.test(name)).sort()).toEqual(named.sort());
  });
});
