import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { goRelease, installedGo } from "../support/go-releases.ts";
import { writeProxy } from "../support/module-proxy.ts";
import { describeWith, lackOf, testWith } from "../support/need.ts";
import { crates, writeRegistry } from "./crate-registry.ts";
import { fixesPage, type Tried } from "./fixes-page.ts";
import { proxyModules } from "./go-modules.ts";
import { crossTrials, goTrials } from "./go-trials.ts";
import { rustCrossTrials, rustTrials } from "./rust-trials.ts";
import { runTrial, type Trial, type Workshop } from "./trial.ts";

/*
 * Every command that is printed for a plugin is run, word for word, in the project that made it: the finding has to be gone, no new
 * error may come, and the real host has to open what was built.
 */
const longest = 600_000;
const other = goRelease("1.25.8");
const installed = installedGo().version;
const folder = mkdtempSync(join(tmpdir(), "fix-"));
const registry = join(folder, "registry");
const done: Tried[] = [];

afterAll(() => {
  execFileSync("chmod", ["-R", "u+w", folder]);
  rmSync(folder, { recursive: true, force: true });
});

const forGo: Workshop = {
  folder: join(folder, "go"),
  environment: {
    PATH: process.env["PATH"] ?? "",
    HOME: join(folder, "home"),
    GOENV: join(folder, "home/env"),
    GOPROXY: `file://${join(folder, "proxy")}`,
    GOSUMDB: "off",
    GOTOOLCHAIN: "local",
    GOMODCACHE: join(folder, "cache"),
    GOCACHE: goEnv("GOCACHE"),
  },
};

const forRust: Workshop = {
  folder: join(folder, "rust"),
  environment: {
    PATH: process.env["PATH"] ?? "",
    HOME: join(folder, "home"),
    CARGO_HOME: join(folder, "cargo"),
    CARGO_NET_OFFLINE: "true",
    RUSTUP_HOME: process.env["RUSTUP_HOME"] ?? join(homedir(), ".rustup"),
  },
};

function goEnv(name: string): string {
  const { status, stdout } = spawnSync("go", ["env", name], { cwd: "/", encoding: "utf8" });
  return status === 0 ? stdout.trim() : "";
}

/** Releases of Go come from the machine's module cache: the proxy of the test has none. */
function shareToolchains(): void {
  const theirs = goEnv("GOMODCACHE");
  const name = `toolchain@v0.0.1-go${other.version}.${goEnv("GOHOSTOS")}-${goEnv("GOHOSTARCH")}`;
  for (const place of [`golang.org/${name}`, "cache/download/golang.org/toolchain"]) {
    const target = join(folder, "cache", place);
    if (!existsSync(join(theirs, place))) continue;
    mkdirSync(join(target, ".."), { recursive: true });
    symlinkSync(join(theirs, place), target);
  }
}

/** Nightly and the installed release by its number, which is how the commands name it. */
function lackOfRust(): string | undefined {
  const lack = lackOf("rustup", "cargo", "cc", "tar");
  if (lack !== undefined) return lack;
  const list = execFileSync("rustup", ["toolchain", "list"], { encoding: "utf8" });
  const version = /^rustc (\S+)/.exec(execFileSync("rustc", ["--version"], { encoding: "utf8" }))?.[1] ?? "";
  const missing = ["nightly", version].find((each) => !list.includes(`${each}-`));
  return missing === undefined ? undefined : `no Rust ${missing}`;
}

/** The commands add it where it is missing, but that takes the network. */
function lackOfTarget(): string | undefined {
  const version = /^rustc (\S+)/.exec(execFileSync("rustc", ["--version"], { encoding: "utf8" }))?.[1] ?? "";
  const list = execFileSync("rustup", ["target", "list", "--installed", "--toolchain", version], {
    encoding: "utf8",
  });
  return list.includes("aarch64-unknown-linux-gnu") ? undefined : "no Rust target aarch64-unknown-linux-gnu";
}

async function tried(language: Tried["language"], trial: Trial, workshop: Workshop): Promise<void> {
  const outcome = await runTrial(trial, workshop);
  rmSync(join(folder, "home"), { recursive: true, force: true });
  expect(outcome.before.filter((error) => error.startsWith(trial.rule))).not.toEqual([]);
  expect(outcome.commands).not.toEqual([]);
  expect(outcome.after, outcome.commands.join("\n")).toEqual([]);
  expect(outcome.verdict).toBe("compatible");
  expect(outcome.answer ?? "").toBe("");
  done.push({ language, trial, outcome });
}

const lackForGo = lackOf("go", "gcc") ?? other.missing;
const lackForRust = lackOfRust();
const lackForCross = lackOf("aarch64-linux-gnu-gcc");
const lackForRustCross = lackForCross ?? lackForRust ?? lackOfTarget();
const optional = { optional: true };

describeWith(lackForGo, "the commands for a Go plugin put right", () => {
  beforeAll(() => {
    writeProxy(join(folder, "proxy"), proxyModules);
    shareToolchains();
  });

  it.each(goTrials(installed, other.version).map((trial) => [trial.title, trial] as const))(
    "%s",
    (_, trial) => tried("Go", trial, forGo),
    longest,
  );

  for (const trial of crossTrials) {
    testWith(lackForCross, trial.title, () => tried("Go", trial, forGo), optional);
  }
});

describeWith(
  lackForRust,
  "the commands for a Rust plugin put right",
  () => {
    beforeAll(() => {
      mkdirSync(registry);
      writeRegistry(registry, crates);
    });

    it.each(rustTrials(registry).map((trial) => [trial.title, trial] as const))(
      "%s",
      (_, trial) => tried("Rust", trial, forRust),
      longest,
    );

    for (const trial of rustCrossTrials(registry)) {
      testWith(lackForRustCross, trial.title, () => tried("Rust", trial, forRust), optional);
    }
  },
  optional,
);

// Elsewhere only a part of the page could be made.
testWith(
  lackForGo ?? lackForCross ?? lackForRustCross,
  "and docs/fixes.md lists them all",
  async () => {
    await expect(await fixesPage(done, installed)).toMatchFileSnapshot("../../docs/fixes.md");
  },
  optional,
);
