import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { predictPluginOpen } from "../../../src/loader/go/plugin-open.ts";
import { builds } from "../../support/go-builds.ts";
import { buildGo } from "../../support/go-program.ts";
import { installedGo } from "../../support/go-releases.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { candidateOf, hostAt, openReally } from "./real-open.ts";

/* patchelf moves tables to new segments, before or behind the others: addresses and places in the file then differ from one to the next. */

const folder = mkdtempSync(join(tmpdir(), "go-rewritten-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Command = readonly [program: string, ...args: readonly string[]];

const interpreter = "/lib64/ld-linux-x86-64.so.2";
const longPath = `/opt/${"a".repeat(300)}`;

/** What is done to a file, whose name comes last. */
const changes: Readonly<Record<string, readonly Command[]>> = {
  nothing: [],
  "--set-rpath": [["patchelf", "--set-rpath", longPath]],
  "--force-rpath": [["patchelf", "--force-rpath", "--set-rpath", longPath]],
  "--add-needed": [["patchelf", "--add-needed", "libm.so.6"]],
  "--add-needed of what is missing": [["patchelf", "--add-needed", "libnowhere.so.1"]],
  "--replace-needed": [["patchelf", "--replace-needed", "libc.so.6", "libm.so.6"]],
  "--set-soname": [["patchelf", "--set-soname", `lib${"s".repeat(200)}.so`]],
  "--page-size": [["patchelf", "--page-size", "65536", "--set-rpath", longPath]],
  twice: [
    ["patchelf", "--set-rpath", longPath],
    ["patchelf", "--add-needed", "libm.so.6"],
  ],
  "stripped before": [["strip"], ["patchelf", "--set-rpath", longPath]],
  "objcopy --strip-debug": [["objcopy", "--strip-debug"]],
};

/** A host is a program, and must still start. */
const hostChanges: typeof changes = {
  ...Object.fromEntries(Object.entries(changes).filter(([name]) => !/soname|missing|replace/.test(name))),
  "--set-interpreter": [["patchelf", "--set-interpreter", interpreter]],
  "--set-interpreter, longer": [["patchelf", "--set-interpreter", `/${"./".repeat(100)}${interpreter}`]],
};

const go = installedGo();

describeWith(go.missing ?? lackOf("gcc", "patchelf", "strip", "objcopy"), "a rewritten Go file", () => {
  const hosts: Record<string, string> = {};
  let plugin = "";

  beforeAll(async () => {
    hosts["at a fixed address"] = await buildGo(go, builds.host);
    hosts["position-independent"] = await buildGo(go, {
      ...builds.host,
      flags: ["-buildmode=pie"],
    });
    const files = { "main.go": "package main\n\nvar Name = 1\n" };
    plugin = await buildGo(go, { ...builds.plugin, files });
  });

  function changed(name: string, from: string, commands: readonly Command[]): string {
    const file = join(folder, name);
    copyFileSync(from, file);
    for (const [program, ...args] of commands) execFileSync(program, [...args, file], { stdio: "pipe" });
    return file;
  }

  function compare(host: string, name: string): void {
    const [real] = openReally(host, folder, [name], "\n");
    const { go: read, elf } = hostAt(host);
    const { plugin: candidate, request } = candidateOf(elf, folder, name);
    const prediction = predictPluginOpen(candidate, read, request);
    const message = "first" in prediction ? prediction.first.message : null;
    expect({ outcome: prediction.outcome, message }).toEqual(real);
  }

  it.each(Object.keys(changes))("is answered as the host answers: plugin, %s", (what) => {
    const name = `plugin-${what.replaceAll(" ", "-")}.so`;
    changed(name, plugin, changes[what] ?? []);
    compare(hosts["at a fixed address"] ?? "", name);
  });

  for (const kind of ["at a fixed address", "position-independent"]) {
    it.each(Object.keys(hostChanges))(`answers as predicted: host ${kind}, %s`, (what) => {
      const host = changed(
        `host-${kind}-${what}`.replaceAll(" ", "-"),
        hosts[kind] ?? "",
        hostChanges[what] ?? [],
      );
      changed("plugin.so", plugin, []);
      compare(host, "plugin.so");
    });
  }
});
