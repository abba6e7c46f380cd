import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeWith, lackOf } from "../support/need.ts";
import { buildFolder, runIn, yamlRecipe, type BuildFolder, type RecipeRun } from "./recipe.ts";

/** As pre-commit.com, "Creating new hooks", has it. */
interface Hook {
  readonly id: string;
  readonly name: string;
  readonly entry: string;
  readonly language: string;
  readonly files: string;
  readonly pass_filenames?: boolean;
}

const hooks = yamlRecipe(".pre-commit-hooks.yaml") as readonly Hook[];
const script = fileURLToPath(new URL("../../recipes/git-hooks/pre-commit", import.meta.url));
let folder: BuildFolder;

beforeEach(() => {
  folder = buildFolder("all");
});

afterEach(() => {
  folder.remove();
});

describe("a hook of pre-commit", () => {
  /** As pre-commit runs a hook of language `system`: the entry's words, then the files that match. */
  function runHook(id: string, changed: readonly string[]): RecipeRun {
    const hook = hooks.find((each) => each.id === id);
    if (hook === undefined) throw new Error(`no hook ${id}`);
    const files = changed.filter((file) => new RegExp(hook.files).test(file));
    const args = hook.pass_filenames === false ? [] : files;
    return runIn(folder, [...hook.entry.split(" "), ...args], {
      PLUGINS_HOST: "dist/otelcol",
      PLUGINS_DIR: "dist/plugins",
    });
  }

  it("validate-plugins looks at the changed plugins alone", () => {
    const one = ["dist/plugins/debugexporter.so", "README.md"];
    expect(runHook("validate-plugins", one).code).toBe(0);
    const { code, stdout } = runHook("validate-plugins", [...one, "dist/plugins/kafkaexporter.so"]);
    expect(code).toBe(1);
    expect(stdout).toContain("kafkaexporter.so");
    expect(stdout).not.toContain("notes.so");
  });

  it("check-plugins looks at all plugins, whichever changed", () => {
    const { code, stdout } = runHook("check-plugins", ["dist/plugins/debugexporter.so"]);
    expect(code).toBe(1);
    expect(stdout).toContain("notes.so");
  });

  it.each(hooks)("$id has what pre-commit needs of a hook", (hook) => {
    expect(hook.id).toMatch(/^[a-z-]+$/);
    expect(hook.name).not.toBe("");
    expect(hook.language).toBe("node");
    for (const file of ["plugins/a.so", "a.dylib"]) expect(file).toMatch(new RegExp(hook.files));
    for (const file of ["a.so.txt", "also", "main.go"]) expect(file).not.toMatch(new RegExp(hook.files));
  });
});

describeWith(lackOf("git", "find"), "git commit with the hook", () => {
  const git = (...args: readonly string[]): RecipeRun =>
    runIn(folder, ["git", "-c", "user.name=A", "-c", "user.email=a@example.com", ...args], {
      PLUGINS_HOST: "dist/otelcol",
      GIT_CONFIG_NOSYSTEM: "1",
    });

  const isCommitted = (): boolean => git("rev-parse", "--verify", "HEAD").code === 0;

  beforeEach(() => {
    git("init", "--quiet");
    mkdirSync(join(folder.path, ".git/hooks"), { recursive: true });
    copyFileSync(script, join(folder.path, ".git/hooks/pre-commit"));
    writeFileSync(join(folder.path, "main.go"), "package main\n");
  });

  it("goes through without a plugin", () => {
    git("add", "main.go");
    expect(git("commit", "-m", "x").code).toBe(0);
  });

  it("goes through with a plugin that fits", () => {
    git("add", "dist/plugins/debugexporter.so");
    const { code, stderr } = git("commit", "-m", "x");
    expect([code, stderr, isCommitted()]).toEqual([0, "", true]);
  });

  it("is refused with one that does not, and says why", () => {
    git("add", "dist");
    const { code, stdout, stderr } = git("commit", "-m", "x");
    expect([code, isCommitted()]).toEqual([1, false]);
    expect(stdout + stderr).toContain("dependency-mismatch");
  });

  it("does not ask of a part what the configuration asks of the whole set", () => {
    const policy = { rule: "dependency-mismatch", plugin: "kafkaexporter.so", reason: "of the other host" };
    const config = {
      suppressions: [{ ...policy, expires: "2999-01-01" }],
      expect: ["kafkaexporter"],
      locked: true,
    };
    writeFileSync(join(folder.path, "plugins.config.json"), JSON.stringify(config));
    git("add", "dist/plugins/debugexporter.so");
    const { code, stdout, stderr } = git("commit", "-m", "x");
    expect([code, stdout]).toEqual([0, expect.stringContaining("x")]);
    expect(stderr).toBe("Configuration  plugins.config.json\nLowered        suppressions: 1\n");
  });

  it("judges what is committed, not what lies in the folder", () => {
    git("add", "dist/plugins/kafkaexporter.so");
    copyFileSync(
      join(folder.path, "dist/plugins/debugexporter.so"),
      join(folder.path, "dist/plugins/kafkaexporter.so"),
    );
    expect(git("commit", "-m", "x").code).toBe(1);
    git("add", "dist/plugins/kafkaexporter.so");
    expect(git("commit", "-m", "x").code).toBe(0);
  });

  it("takes away a plugin without a word", () => {
    git("add", "dist/plugins/debugexporter.so");
    git("commit", "-m", "x");
    rmSync(join(folder.path, "dist/plugins/debugexporter.so"));
    git("add", "dist/plugins/debugexporter.so");
    expect(git("commit", "-m", "y")).toMatchObject({ code: 0, stderr: "" });
  });

  it("leaves nothing behind", () => {
    git("add", "dist");
    git("commit", "-m", "x");
    expect(readdirSync(join(folder.path, ".git")).filter((name) => name.startsWith("plugins-"))).toEqual([]);
  });
});
