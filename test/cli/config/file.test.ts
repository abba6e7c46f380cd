import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileLayer } from "../../../src/cli/config/file.ts";
import { configNames, configPlace } from "../../../src/cli/config/place.ts";
import type { SomeSettings } from "../../../src/cli/config/settings.ts";
import { UsageError } from "../../../src/check/model/usage-error.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-config-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const at = (...names: readonly string[]): string => join(folder, ...names);

function written(text: string, name = "plugins.config.yaml"): string {
  writeFileSync(at(name), text);
  return at(name);
}

function refusal(path: string): UsageError {
  try {
    fileLayer(path);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error("is taken");
}

describe("the configuration file", () => {
  it.each(configNames)("may be called %s", (name) => {
    expect(configPlace(folder)).toBeUndefined();
    written("", name);
    expect(configPlace(folder)).toBe(at(name));
  });

  it("is the nearest one above", () => {
    mkdirSync(at("a/b"), { recursive: true });
    written("", "plugins.config.yaml");
    expect(configPlace(at("a/b"))).toBe(at("plugins.config.yaml"));
    written("", "a/.pluginsrc");
    expect(configPlace(at("a/b"))).toBe(at("a/.pluginsrc"));
  });

  it.each(["folder", "file"] as const)("is not looked for above a repository whose .git is a %s", (kind) => {
    mkdirSync(at("repository/inside"), { recursive: true });
    if (kind === "folder") mkdirSync(at("repository/.git"));
    else written("gitdir: elsewhere", "repository/.git");
    written("");
    expect(configPlace(at("repository/inside"))).toBeUndefined();
    written("", "repository/.pluginsrc");
    expect(configPlace(at("repository/inside"))).toBe(at("repository/.pluginsrc"));
  });

  it("is no folder of that name", () => {
    mkdirSync(at(".pluginsrc"));
    expect(configPlace(folder)).toBeUndefined();
  });

  it("is one: of two in a folder neither goes before the other", () => {
    written("", ".pluginsrc");
    written("", "plugins.config.json");
    expect(() => configPlace(folder)).toThrow(
      /two configuration files in one folder: .*plugins\.config\.json and .*\.pluginsrc/,
    );
  });
});

describe("what a configuration file says", () => {
  it("is its values, with their lines", () => {
    const layer = fileLayer(written("# gate\nfailOn: warning\n\nmaxWarnings: 3\n"));
    expect(layer.values).toEqual({ failOn: "warning", maxWarnings: 3 });
    expect(layer.originOf("maxWarnings")).toMatchObject({ kind: "file", line: 4 });
  });

  it("has paths that are relative to its folder", () => {
    mkdirSync(at("gate"));
    const { values } = fileLayer(
      written(
        "folders: [plugins, /opt/plugins]\nhost: ../bin/otelcol\nlockFile: a.lock\nexpect: plugins/a.so\n",
        "gate/plugins.config.yaml",
      ),
    );
    const here = (...names: readonly string[]): string => relative(process.cwd(), at(...names));
    expect(values).toEqual({
      folders: [here("gate/plugins"), "/opt/plugins"],
      host: [here("bin/otelcol")],
      lockFile: here("gate/a.lock"),
      expect: ["plugins/a.so"],
    } satisfies SomeSettings);
  });

  it("is nothing where it is empty", () => {
    expect(fileLayer(written("")).values).toEqual({});
  });
});

describe("a configuration file is refused", () => {
  it.each([
    ["hosts: a\n", "1:1: unknown key hosts", "Did you mean host?"],
    ["host: a\n\nfail-on: error\n", "3:1: unknown key fail-on", "Did you mean failOn?"],
    [
      "__proto__:\n  host: a\n",
      "1:1: is not a configuration of plugins: it has none of the known keys",
      undefined,
    ],
    ["failOn: always\n", "1:9: failOn must be one of error, warning, note, never", undefined],
    ["maxWarnings: -1\n", "1:14: maxWarnings must be >= 0", undefined],
    ["maxWarnings: 1.5\n", "1:14: maxWarnings must be integer", undefined],
    ["allowUnknown: 'yes'\n", "1:15: allowUnknown must be boolean", undefined],
    [
      "severities:\n  toolchain-mismach: off\n",
      "2:3: unknown rule toolchain-mismach",
      "Did you mean toolchain-mismatch?",
    ],
    ["severities:\n  __proto__: off\n", "2:3: unknown rule __proto__", undefined],
    ["severities:\n  claim-flags: fatal\n", "2:16: severities/claim-flags must be one of", undefined],
    [
      "suppressions:\n  - rule: claim-flag\n    reason: a\n",
      "2:11: unknown rule claim-flag",
      "Did you mean claim-flags?",
    ],
    ["suppressions:\n  - rule: claim-flags\n", "2:5: suppressions/0 reason is missing", undefined],
    ["suppressions:\n  - rule: claim-flags\n    reason: ' '\n", "3:13: suppressions/0/reason", undefined],
    [
      "suppressions:\n  - rule: claim-flags\n    reason: a\n    expires: 2026-02-30\n",
      "4:14: suppressions/0/expires must be a date",
      undefined,
    ],
    [
      "suppressions:\n  - rule: claim-flags\n    reason: a\n    expire: 2027-01-01\n",
      "4:5: unknown key expire",
      "Did you mean expires?",
    ],
    [
      "suppressions:\n  - rule: suppression-stale\n    reason: a\n",
      "2:11: suppression-stale cannot be suppressed",
      undefined,
    ],
    ["host: a\nhostManifest: b.json\n", "2:15: hostManifest", undefined],
    ["- host: a\n", "1:1: must be object", undefined],
    ["otelcol\n", "1:1: must be object", undefined],
    ["expect: &a [*a]\n", "1:", undefined],
  ])("%j: %s", (text, message, hint) => {
    const error = refusal(written(text));
    expect(error.code).toBe("config-invalid");
    expect(error.message).toContain(`plugins.config.yaml:${message}`);
    if (hint !== undefined) expect(error.hints[0]).toBe(hint);
  });

  it("with all that is wrong in it, ten at most", () => {
    const { message, hints } = refusal(written("a: 1\nb: 2\nhost: otelcol\n"));
    expect([message, ...hints].join("\n")).toMatch(/:1:1: unknown key a\n.*:2:1: unknown key b/);
    const keys = Array.from({ length: 30 }, (_, index) => `unknown${index}: 1\n`).join("");
    expect(refusal(written(`host: otelcol\n${keys}`)).hints).toContain("20 more");
  });

  it.each([
    ["that is too large", () => written(`# ${"x".repeat(300_000)}`), "more than the limit of 262144"],
    ["that is not there", () => at("nowhere.yaml"), "does not exist"],
    ["that is a folder", () => folder, "is a folder"],
    ["that no one writes to", () => (execFileSync("mkfifo", [at("fifo")]), at("fifo")), "is a FIFO"],
  ])("%s", (_, make, message) => {
    expect(refusal(make()).message).toContain(message);
  });
});
