import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { validate } from "../../../src/check/validate.ts";
import { disk } from "../../../src/files/disk.ts";
import { policyInForce, type PolicyName } from "../../../src/rules/policy/policy.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { openReally } from "./real-open.ts";

const hostSource = `package main

import (
	"fmt"
	"net"
	"os"
	"plugin"
)

func main() {
	_ = net.IPv4len
	for _, name := range os.Args[1:] {
		if _, err := plugin.Open(name); err != nil {
			fmt.Print(err)
		}
		fmt.Print("\\x00")
	}
}
`;
const pluginSource = `package main

import "net"

func Run() string { return net.IPv4zero.String() }
`;

const hosts = {
  plain: [],
  cover: ["-cover"],
  no_cri: ["-tags=no_cri"],
  osusergo: ["-tags=osusergo"],
  asmflags: ["-asmflags=all=-D X=1"],
  netgo: ["-tags=netgo"],
  noinline: ["-gcflags=all=-l"],
  untrimmed: ["-trimpath=false"],
} as const;

/** With their flags; `removed` has its build info taken away afterwards, and `erased` the mark by which it is found. */
const plugins = { plain: [], tagged: ["-tags=other"], covered: ["-cover"], removed: [], erased: [] } as const;

const folder = mkdtempSync(join(tmpdir(), "harmless-flags-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describeWith(lackOf("go", "gcc", "objcopy"), "flags that differ", () => {
  beforeAll(() => {
    const go = (module: string, source: string, output: string, ...flags: readonly string[]): void => {
      const place = join(folder, module);
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, "go.mod"), `module example.com/${module}\n\ngo 1.21\n`);
      writeFileSync(join(place, "main.go"), source);
      const env = { ...process.env, GOTOOLCHAIN: "local", GOFLAGS: "" };
      const options = { cwd: place, env, stdio: "pipe" } as const;
      execFileSync("go", ["build", "-trimpath", ...flags, "-o", join(folder, output), "."], options);
    };
    for (const [name, flags] of Object.entries(hosts)) go("host", hostSource, name, ...flags);
    for (const [name, flags] of Object.entries(plugins))
      go("plug", pluginSource, `${name}.so`, "-buildmode=plugin", ...flags);
    execFileSync("objcopy", ["--remove-section", ".go.buildinfo", join(folder, "removed.so")]);
    const bytes = readFileSync(join(folder, "erased.so"));
    const at = bytes.indexOf(Buffer.from("\xff Go buildinf:", "latin1"));
    bytes.fill(0, at, at + 32);
    writeFileSync(join(folder, "erased.so"), bytes);
  }, 900_000);

  const pairs = Object.keys(hosts).flatMap((host) =>
    Object.keys(plugins).map((plugin) => [`${plugin}.so`, host] as const),
  );

  it.each(pairs)("%s in host %s is compatible if the host loads it, and only then", async (plugin, host) => {
    const [real] = openReally(join(folder, host), folder, [`./${plugin}`]);
    const { verdict, loader } = await checked(plugin, host, "proof");
    expect(loader?.outcome).toBe(real?.outcome);
    expect(verdict).toBe(real?.outcome === "loads" ? "compatible" : "incompatible");
  });

  it("say how many package hashes are equal", async () => {
    const { findings, loader } = await checked("tagged.so", "no_cri", "proof");
    const count = loader?.packages?.shared ?? 0;
    expect(count).toBeGreaterThan(30);
    expect(loader?.packages).toEqual({ shared: count, equal: count });
    expect(findings.find(({ rule }) => rule === "build-flags-mismatch")).toMatchObject({
      severity: "warning",
      ruleSeverity: "error",
      cause: `${count} of ${count} package hashes are equal, so plugin.Open loads it; what a package does not export is in no hash.`,
    });
  });

  it("are errors under the policy strict", async () => {
    expect((await checked("plain.so", "no_cri", "strict")).verdict).toBe("incompatible");
    expect((await checked("removed.so", "plain", "strict")).verdict).toBe("incompatible");
    expect((await checked("plain.so", "plain", "strict")).verdict).toBe("compatible");
  });

  it("say how many hashes differ if some do", async () => {
    const { loader } = await checked("plain.so", "netgo", "proof");
    const { shared = 0, equal = 0 } = loader?.packages ?? {};
    expect(loader?.outcome).toBe("refused");
    expect(equal).toBeLessThan(shared);
  });

  async function checked(plugin: string, host: string, base: PolicyName) {
    const result = await validate({
      fileSystem: disk,
      files: [join(folder, plugin)],
      host: { kind: "binary", path: join(folder, host) },
      policy: policyInForce({ base }, new Date("2026-11-28")),
    });
    const [found] = result.plugins;
    if (found === undefined) throw new Error("there is one plugin");
    return found;
  }
});
