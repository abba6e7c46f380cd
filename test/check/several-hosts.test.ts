import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkAll, checkContents } from "../../src/check/check-all.ts";
import type { CheckAllRequest, HostRequest } from "../../src/check/model/request.ts";
import type { PluginResult } from "../../src/check/model/result.ts";
import { validate } from "../../src/check/validate.ts";
import { disk } from "../../src/files/disk.ts";
import { fixScriptOf } from "../../src/report/model/fix-script.ts";
import { causesOf, hostsOfCause } from "../../src/report/model/cause.ts";
import { policyInForce } from "../../src/rules/policy/policy.ts";

const sample = new URL("../../fixtures/sample-rust/", import.meta.url).pathname;
const plugins = join(sample, "plugins");
const binary: HostRequest = { kind: "binary", path: join(sample, "otelcol") };

let folder: string;
/** Hosts that are only manifests: one as the sample's, two that were built otherwise. */
let same: HostRequest;
let older: HostRequest;
let oldest: HostRequest;

function host(name: string, over: object): HostRequest {
  const path = join(folder, name);
  const manifest = {
    language: "rust",
    toolchain_version: "1.95.0",
    build_profile: "release",
    dependency_hashes: {},
    build_flags: ["-Cpanic=abort"],
    target: "x86_64-unknown-linux-gnu",
    build_time: "2026-10-02T11:20:31Z",
  };
  writeFileSync(path, JSON.stringify({ ...manifest, ...over }));
  return { kind: "manifest", path };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-hosts-"));
  same = host("same.json", {});
  older = host("older.json", { toolchain_version: "1.90.0" });
  oldest = host("oldest.json", { toolchain_version: "1.80.0", target: "aarch64-unknown-linux-gnu" });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const request = (
  host: HostRequest | readonly HostRequest[],
  over: Partial<CheckAllRequest> = {},
): CheckAllRequest => ({ fileSystem: disk, folders: [plugins], host, ...over });

function withoutHost({ findings, ...plugin }: PluginResult): object {
  const bare = (of: object): object =>
    Object.fromEntries(Object.entries(of).filter(([name]) => name !== "hostPath"));
  return { ...bare(plugin), findings: findings.map(bare) };
}

describe("a check with several hosts", () => {
  it("says of each plugin with each host what a check with this host alone says", async () => {
    const hosts = [binary, older, oldest];
    const together = await checkAll(request(hosts));
    expect(together.hosts?.map(({ path }) => path)).toEqual(hosts.map(({ path }) => path));
    expect(together.host).toEqual(together.hosts?.[0]);
    for (const host of hosts) {
      const alone = await checkAll(request(host));
      const own = together.plugins.filter(({ hostPath }) => hostPath === host.path);
      expect(own.map(withoutHost)).toEqual(alone.plugins);
      expect(alone.hosts).toBeUndefined();
    }
    expect(together.plugins.length).toBe(together.summary.plugins);
    const paths = together.plugins.map(({ path }) => path);
    expect(paths.slice(0, 4)).toEqual([paths[0], paths[0], paths[0], paths[3]]);
  });

  it("does the same for named files", async () => {
    const files = [join(plugins, "notes.so"), join(plugins, "kafkaexporter.so")];
    const result = await validate({ fileSystem: disk, files, host: [same, older] });
    expect(result.plugins.map(({ path, hostPath }) => [path, hostPath])).toEqual(
      files.flatMap((file) => [same, older].map(({ path }) => [file, path])),
    );
  });

  it("says once what is wrong with the set, and names the host where it is wrong with one", async () => {
    const { findings } = await checkAll(request([same, older], { expect: ["nobody"] }));
    const missing = findings.filter(({ rule }) => rule === "expected-plugin-missing");
    expect(missing.map(({ hostPath }) => hostPath)).toEqual([undefined]);
    const odd = host("odd.json", { schema_version: 99 });
    const ofHost = (await checkAll(request([same, odd]))).findings.filter(
      ({ rule }) => rule === "manifest-newer-schema",
    );
    expect(ofHost.map(({ hostPath }) => hostPath)).toEqual([odd.path]);
  });

  it("calls a suppression stale only if it hides nothing with any host", async () => {
    const of = (rule: "toolchain-mismatch" | "claim-flags") => ({ rule, reason: "known" }) as const;
    const policy = policyInForce({ suppressions: [of("toolchain-mismatch"), of("claim-flags")] }, new Date());
    const good = { files: [join(plugins, "debugexporter.so")], folders: [] };
    const stale = async (hosts: readonly HostRequest[], over: Partial<CheckAllRequest>) =>
      (await checkAll(request(hosts, { policy, ...over }))).findings
        .filter(({ rule }) => rule === "suppression-stale")
        .map(({ message }) => /claim-flags|toolchain-mismatch/.exec(message)?.[0]);
    expect(await stale([same, older], {})).toEqual(["claim-flags"]);
    expect(await stale([same, older], good)).toEqual([]);
  });

  it("has one cause for hosts with one fix, and one for each fix otherwise", async () => {
    const twin = host("twin.json", { toolchain_version: "1.90.0" });
    const result = await checkAll(request([older, twin, oldest]));
    const causes = causesOf(result).filter(
      (cause) =>
        cause.rule === "toolchain-mismatch" &&
        cause.members.some(({ plugin }) => plugin?.path.endsWith("debugexporter.so") === true),
    );
    expect(causes.map(hostsOfCause)).toEqual([[older.path, twin.path].sort(), [oldest.path]]);
  });

  it("names in the fix script the host of each part", async () => {
    const script = fixScriptOf(await checkAll(request([older, oldest])), {});
    const parts = script.split("\n\n").filter((part) => /^# .*debugexporter\.so/.test(part));
    expect(parts.length).toBe(2);
    expect(parts[0]).toMatch(/^# .*debugexporter\.so.*, for older\.json\n[^]*cargo \+1\.90\.0 /);
    expect(parts[1]).toMatch(/^# .*debugexporter\.so.*, for oldest\.json\n[^]*cargo \+1\.80\.0 /);
  });

  it("makes neither a lock nor a shard", async () => {
    await expect(checkContents(request([same, older]))).rejects.toThrow("a lock is for one host");
    const shard = { index: 1, count: 2, settingsSha256: "", gate: {} } as never;
    await expect(checkAll(request([same, older], { shard }))).rejects.toThrow("a shard is for one host");
    await expect(checkAll(request([]))).rejects.toThrow("no host given");
  });
});
