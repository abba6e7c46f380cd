import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";

const sample = fileURLToPath(new URL("../../fixtures/sample-rust/", import.meta.url));
const args = ["check-all", join(sample, "plugins"), "--host", join(sample, "otelcol")];
const folder = mkdtempSync(join(tmpdir(), "plugins-extras-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Hashed {
  readonly path: string;
  readonly sha256?: string;
}

function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

describe("--digests", () => {
  it("adds the SHA-256 of every plugin and of the host", async () => {
    const { stdout } = await runCli([...args, "--digests", "--json"]);
    const { host, plugins } = JSON.parse(stdout) as {
      readonly host: Hashed;
      readonly plugins: readonly Hashed[];
    };
    const files = [host, ...plugins];
    expect(files.length).toBeGreaterThan(5);
    expect(files.map((file) => file.sha256)).toEqual(files.map(({ path }) => sha256(path)));
  });

  it("adds them to SARIF and CycloneDX", async () => {
    const digest = sha256(join(sample, "otelcol"));
    const sarif = (await runCli([...args, "--digests", "-o", "sarif"])).stdout;
    const { runs } = JSON.parse(sarif) as {
      readonly runs: readonly { readonly artifacts: readonly object[] }[];
    };
    expect(runs[0]?.artifacts[0]).toMatchObject({ hashes: { "sha-256": digest } });
    expect((await runCli([...args, "--digests", "-o", "cyclonedx"])).stdout).toContain(digest);
  });

  it("are only there if they are asked for", async () => {
    const { stdout } = await runCli([...args, "--json"]);
    expect(stdout).not.toContain('"sha256"');
    expect((await runCli([...args, "-o", "sarif"])).stdout).not.toContain("sha-256");
  });
});

describe("--fix-script", () => {
  it("writes the commands of the report", async () => {
    const file = join(folder, "fix.sh");
    const { stdout, code } = await runCli([...args, "--fix-script", file]);
    expect(code).toBe(1);
    const script = readFileSync(file, "utf8");
    expect(script).toMatch(/^#!\/usr\/bin\/env bash\n/);
    expect(script).toContain("cargo +1.95.0 build");
    expect(stdout).toContain("toolchain-mismatch");
  });

  it("is exit 2 if it cannot be written", async () => {
    const { code, stdout } = await runCli([...args, "--fix-script", join(folder, "none", "fix.sh")]);
    expect([code, stdout]).toEqual([2, ""]);
  });
});
