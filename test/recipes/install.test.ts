import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { describeWith, lackOf } from "../support/need.ts";
import { gateOf } from "./dockerfile.ts";
import { action, filledEnv, stepWith } from "./action.ts";
import { buildFolder, yamlRecipe, type BuildFolder } from "./recipe.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const lack =
  process.env["INSTALL"] === "1"
    ? lackOf("git", "npm", "bash")
    : "no INSTALL=1, which builds from a clean clone with packages of npm's registry";

/** To install what builds takes as long as the network does. */
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** Every recipe where nothing is installed: from a clone in which nothing was built, or from the release file that it makes. */
describeWith(
  lack,
  "the recipes install plugins",
  () => {
    /** What all of them share: a clone, npm's downloads, and the release file. */
    let shared: string;
    let clone: string;
    let file: string;
    let folder: BuildFolder;

    /** The environment of somebody who has only Node, git and a shell, and whose CI says that it is production. */
    const env = (more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
      ...process.env,
      PATH: `${folder.bin}:${process.env["PATH"] ?? ""}`,
      HOME: folder.path,
      NODE_ENV: "production",
      npm_config_prefix: folder.path,
      npm_config_cache: join(shared, "cache"),
      ...more,
    });

    const run = (command: readonly string[], more: Readonly<Record<string, string>> = {}) => {
      const [program = "", ...args] = command;
      return spawnSync(program, args, { cwd: folder.path, env: env(more), encoding: "utf8" });
    };

    beforeAll(() => {
      shared = mkdtempSync(join(tmpdir(), "plugins-install-"));
      clone = join(shared, "clone");
      const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
        cwd: root,
        encoding: "utf8",
      });
      for (const name of listed.split("\0").filter((each) => each !== "")) {
        mkdirSync(dirname(join(clone, name)), { recursive: true });
        cpSync(join(root, name), join(clone, name), { verbatimSymlinks: true });
      }
      const git = (...args: readonly string[]) => {
        execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", ...args], { cwd: clone });
      };
      git("init", "--quiet");
      git("add", "--force", ".");
      git("commit", "--quiet", "-m", "all");
    });

    beforeEach(() => {
      folder = buildFolder("all");
      rmSync(join(folder.bin, "plugins"));
    });

    afterEach(() => {
      folder.remove();
    });

    afterAll(() => {
      rmSync(shared, { recursive: true });
    });

    it("npm pack in a clone makes the release file, with the bytes that it has here", () => {
      const to = join(shared, "file");
      mkdirSync(to);
      const args = ["pack", "--pack-destination", to];
      const printed = execFileSync("npm", args, { cwd: clone, env: env(), encoding: "utf8" });
      const [name = ""] = readdirSync(to);
      expect(printed).toBe(`${name}\n`);
      file = join(to, name);
      const here = join(shared, "here");
      mkdirSync(here);
      execFileSync("npm", ["pack", "--silent", "--pack-destination", here], { cwd: root });
      expect(readFileSync(file).equals(readFileSync(join(here, name)))).toBe(true);
    });

    describe("the GitHub action", () => {
      const check = stepWith("check-all");

      it.each([
        ["its own checkout", () => ""],
        ["a release file", () => file],
      ])("from %s", (_, source) => {
        // The checkout as the runner has it, in which nothing was built.
        const checkout = join(folder.path, "action");
        execFileSync("git", ["clone", "--quiet", clone, checkout]);
        const given = { folder: "dist/plugins", host: "dist/otelcol", package: source() };
        for (const step of action.runs.steps.filter(({ run: text }) => text !== undefined)) {
          const result = run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step.run ?? ""], {
            ...filledEnv(step, given, checkout),
            GITHUB_OUTPUT: join(folder.path, "output"),
          });
          if (step !== check) expect([result.status, result.stderr]).toEqual([0, expect.any(String)]);
          else expect([result.status, result.stdout]).toEqual([1, expect.stringContaining("::error file=")]);
        }
      });
    });

    it("the GitLab job", () => {
      const { "check-plugins": job } = yamlRecipe("recipes/gitlab-ci.yml") as {
        readonly "check-plugins": {
          readonly variables: Readonly<Record<string, string>>;
          readonly before_script: readonly string[];
          readonly script: readonly string[];
        };
      };
      cpSync(file, join(folder.path, "otelcol-plugins.tgz"));
      const script = ["set -eo pipefail", ...job.before_script, ...job.script].join("\n");
      const variables = { ...job.variables, OTELCOL_PLUGINS: "otelcol-plugins.tgz" };
      const { status, stdout } = run(["bash", "-c", script], variables);
      expect([status, stdout]).toEqual([1, expect.stringContaining("kafkaexporter.so")]);
    });

    it("the Dockerfile's gate", () => {
      const moved = (text: string): string => text.replace(/(?<=^|[ =])\/(?=dist)/g, `${folder.path}/`);
      cpSync(file, join(folder.path, "dist/otelcol-plugins.tgz"));
      const { env: variables, commands } = gateOf(moved);
      const results = commands.map((command) =>
        run(["sh", "-c", command.replace(/ --sysroot \S+/, "")], {
          ...variables,
          OTELCOL_PLUGINS: moved("/dist/otelcol-plugins.tgz"),
        }),
      );
      expect(results.map(({ status }) => status)).toEqual([0, 1]);
      expect(results[1]?.stdout).toContain("dependency-mismatch");
    });

    describeWith(lackOf("pre-commit"), "pre-commit", () => {
      const commitWith = (hook: object) => {
        const git = (...args: readonly string[]) => {
          execFileSync("git", args, { cwd: folder.path });
        };
        writeFileSync(join(folder.path, ".pre-commit-config.yaml"), JSON.stringify({ repos: [hook] }));
        git("init", "--quiet");
        git("add", ".pre-commit-config.yaml", "dist");
        return run(["pre-commit", "run", "--all-files"], { PRE_COMMIT_HOME: join(folder.path, "hooks") });
      };

      it("from a clone", () => {
        const rev = execFileSync("git", ["rev-parse", "HEAD"], { cwd: clone, encoding: "utf8" }).trim();
        const hooks = ["validate-plugins", "check-plugins"].map((id) => ({
          id,
          args: ["--host", "dist/otelcol", ...(id === "check-plugins" ? ["dist/plugins"] : [])],
        }));
        const { status, stdout } = commitWith({ repo: clone, rev, hooks });
        expect([status, stdout]).toEqual([1, expect.stringContaining("dependency-mismatch")]);
        expect(stdout).toMatch(/^check all plugins\.+Failed/m);
        expect(stdout).toMatch(/^validate plugins\.+Failed/m);
      });

      it("from a release file", () => {
        const page = readFileSync(join(root, "docs/recipes/git-hooks.md"), "utf8");
        const [, block = ""] = /```yaml\n(repos:\n {2}- repo: local\n.*?)```/s.exec(page) ?? [];
        const [own] = (parse(block) as { readonly repos: readonly [{ readonly hooks: readonly object[] }] })
          .repos;
        const hooks = own.hooks.map((hook) => ({ ...hook, additional_dependencies: [file] }));
        const { status, stdout } = commitWith({ ...own, hooks });
        expect([status, stdout]).toEqual([1, expect.stringContaining("dependency-mismatch")]);
      });
    });
  },
  { optional: true },
);
