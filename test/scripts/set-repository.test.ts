import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { need } from "../support/need.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const files = [
  "package.json",
  "README.md",
  "SECURITY.md",
  "action.yml",
  ".github/ISSUE_TEMPLATE/config.yml",
  "docs/executables.md",
  "docs/recipes/README.md",
  "docs/recipes/git-hooks.md",
  "docs/recipes/github-actions.md",
  "recipes/Dockerfile",
  "recipes/gitlab-ci.yml",
];
let folder: string;

/** A repository with a copy of the files that name the repository or a release. */
beforeAll(() => {
  need("git");
  folder = mkdtempSync(join(tmpdir(), "plugins-repository-"));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  writeFileSync(join(folder, "other.md"), "https://github.com/OWNER/plugins-of-others and OWNER/plugins\n");
  expect(spawnSync("git", ["init", "--quiet"], { cwd: folder }).status).toBe(0);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function setTo(name: string): { readonly status: number | null; readonly stdout: string } {
  const script = join(root, "scripts/set-repository.js");
  return spawnSync(process.execPath, [script, name, folder], { encoding: "utf8" });
}

function text(file: string): string {
  return readFileSync(join(folder, file), "utf8");
}

describe("scripts/set-repository.js", () => {
  it.each(["", "plugins", "a/b/c", "-a/b", "a b/c", "https://github.com/a/b"])("refuses %j", (name) => {
    expect(setTo(name).status).toBe(2);
    expect(text("package.json")).toContain("github.com/OWNER/plugins");
  });

  it("puts the name everywhere, and says where", () => {
    const { status, stdout } = setTo("acme-corp/otel.plugins");
    expect(status).toBe(0);
    for (const file of [
      "package.json",
      "SECURITY.md",
      ".github/ISSUE_TEMPLATE/config.yml",
      "docs/recipes/git-hooks.md",
      "docs/recipes/github-actions.md",
    ]) {
      expect(stdout).toContain(`  ${file}\n`);
      expect(text(file)).toContain("acme-corp/otel.plugins");
    }
    expect(text("docs/recipes/github-actions.md")).toContain("uses: acme-corp/otel.plugins@v");
    for (const file of files) expect(text(file), file).not.toContain("OWNER");
    expect(JSON.parse(text("package.json"))).toMatchObject({
      repository: { url: "git+https://github.com/acme-corp/otel.plugins.git" },
      bugs: { url: "https://github.com/acme-corp/otel.plugins/issues" },
      homepage: "https://github.com/acme-corp/otel.plugins#readme",
    });
  });

  it("leaves other repositories and other words alone", () => {
    expect(text("other.md")).toBe("https://github.com/OWNER/plugins-of-others and OWNER/plugins\n");
  });

  it("can change the name again, and does nothing the second time", () => {
    expect(setTo("other/name").status).toBe(0);
    expect(text("SECURITY.md")).toContain("github.com/other/name/security");
    expect(setTo("other/name").stdout).toBe("Nothing changed.\n");
  });
});

describe("scripts/release-version.js", () => {
  it("puts the version of package.json into every recipe, after a change of the repository's name too", async () => {
    // @ts-expect-error -- the script is JavaScript without types
    const { setReleaseVersion } = (await import("../../scripts/release-version.js")) as {
      readonly setReleaseVersion: (folder: string) => number;
    };
    const description = JSON.parse(text("package.json")) as Record<string, unknown>;
    writeFileSync(join(folder, "package.json"), JSON.stringify({ ...description, version: "7.8.9-rc.1" }));
    expect(setReleaseVersion(folder)).toBeGreaterThan(15);
    const file = "other/name/releases/download/v7.8.9-rc.1/otelcol-plugins-7.8.9-rc.1.tgz";
    for (const each of ["recipes/Dockerfile", "recipes/gitlab-ci.yml"])
      expect(text(each)).toContain(`https://github.com/${file}\n`);
    expect(text("docs/recipes/README.md")).toContain("--branch v7.8.9-rc.1 ");
    expect(text("docs/recipes/github-actions.md")).toContain("uses: other/name@v7.8.9-rc.1\n");
    expect(text("docs/recipes/github-actions.md")).toContain("actions/download-artifact@v4");
    expect(text("docs/recipes/git-hooks.md")).toContain("rev: v7.8.9-rc.1\n");
  });
});
