import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWith, notRoot } from "../../support/need.ts";
import { runCli } from "../../support/run-cli.ts";

let folder: string;

const at = (...names: readonly string[]): string => join(folder, ...names);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-foreign-"));
  mkdirSync(at("work/plugins"), { recursive: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describeWith(notRoot, "a configuration of a different user", () => {
  beforeAll(() => {
    writeFileSync(at("plugins.config.yaml"), "failOn: never\n");
    chownSync(at("plugins.config.yaml"), 12345, 12345);
  });

  it("is not used if it was only found", async () => {
    const { code, stdout, stderr } = await runCli(["config"], { cwd: at("work") });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      "plugins: ../plugins.config.yaml: the configuration belongs to a different user (12345), and was not asked for\nUse it with --config ../plugins.config.yaml, or ignore it with --no-config.\n",
    );
  });

  it.each([
    ["--config", ["--config", "../plugins.config.yaml"], {}, "never"],
    ["--no-config", ["--no-config"], {}, "error"],
    ["PLUGINS_CONFIG", [], { PLUGINS_CONFIG: "../plugins.config.yaml" }, "never"],
    ["sudo, of who called it", [], { SUDO_UID: "12345" }, "never"],
  ])("is up to %s", async (_, flags, env, failOn) => {
    const { code, stdout } = await runCli(["config", ...flags, "--json"], { cwd: at("work"), env });
    expect(code).toBe(0);
    expect(stdout).toContain(`"value": "${failOn}"`);
  });

  it("is refused with the SUDO_UID of yet another", async () => {
    const { code } = await runCli(["config"], { cwd: at("work"), env: { SUDO_UID: "54321" } });
    expect(code).toBe(2);
  });
});

describe("a file that is no configuration", () => {
  it.each([
    'a: "swordfish',
    "root:$6$swordfish:19000:0:99999:7:::\ndaemon:*:swordfish:0:99999:7:::\n",
    "KEY=swordfish: x: y",
    "*swordfish",
    "!swordfish x",
    "%swordfish",
    "- swordfish\n- swordfish: [",
    "x: |swordfish\n y",
    "policy: swordfish",
    "failOn: swordfish\nmaxWarnings: swordfish",
    "severities: swordfish",
    '{"token": "swordfish"}',
    '{"token": "swordfish",}}',
    "suppressions: [{ rule: manifest-missing, reason: 1, until: swordfish }]",
  ])("is refused without a word of what is in it: %j", async (text) => {
    for (const name of ["secrets", "secrets.json"]) {
      writeFileSync(at(name), text);
      const { code, stdout, stderr } = await runCli(["config", "--config", at(name), "--json"]);
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain("swordfish");
    }
  });
});
