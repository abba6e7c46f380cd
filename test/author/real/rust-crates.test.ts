import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, vi } from "vitest";
import { describeReal, patience } from "./real-group.ts";
import { tellRustStory } from "./rust-story.ts";

vi.setConfig({ testTimeout: patience, hookTimeout: patience });

const sources = fileURLToPath(new URL("crates", import.meta.url));
/** In one place for good: Cargo knows packages by their folders, and what is compiled of them by its time. */
const cache = fileURLToPath(new URL("../../.cache/author/crates", import.meta.url));

/** Brings a folder to these files: what is the same is left alone, with its time. */
function bring(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    const place = join(folder, path);
    if (existsSync(place) && readFileSync(place, "utf8") === text) continue;
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
}

function filesIn(folder: string): readonly (readonly [path: string, text: string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]);
}

/** A repository with the crate `far`, whose one commit is the same on every machine. @returns its URL. */
function repository(): string {
  const folder = join(cache, "far-repository");
  bring(folder, new Map(filesIn(join(sources, "far"))));
  if (!existsSync(join(folder, ".git"))) {
    const date = "2026-01-01T00:00:00Z";
    const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const who = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    for (const args of [
      ["init", "-q"],
      ["add", "-A"],
      [...who, "commit", "-q", "-m", "far"],
    ])
      execFileSync("git", args, { cwd: folder, env });
  }
  return pathToFileURL(folder).href;
}

describeReal("an OTLP exporter of 120 crates as a plugin", ["cargo", "rustc", "cc", "git", "strip"], () => {
  const target = /^host: (.+)$/m.exec(execFileSync("rustc", ["-vV"], { encoding: "utf8" }))?.[1] ?? "";
  const checksum = expect.stringMatching(/^[0-9a-f]{64}$/) as unknown;
  tellRustStory({
    copy: (name) => {
      const folder = join(cache, name);
      const url = repository();
      const own = filesIn(sources).filter(([path]) => !path.startsWith("far/"));
      // What a test added is removed again.
      for (const [path] of existsSync(folder) ? filesIn(folder) : [])
        if (!own.some(([each]) => each === path)) rmSync(join(folder, path));
      bring(folder, new Map(own.map(([path, text]) => [path, text.replaceAll("file:///FAR", url)])));
      return folder;
    },
    environment: { CARGO_TARGET_DIR: join(cache, "target"), CARGO_BUILD_JOBS: "2" },
    target,
    plugin: "otlp-plugin@0.3.0",
    host: "otlp-host@0.3.0",
    answer: "loads: 5",
    linked: {
      "rand@0.8.8": checksum,
      "rand@0.9.5": checksum,
      "near@0.1.0": "",
      "far@0.2.0": "git:69c07b7c136947d1fe8ceb83d77b8be625ab01ea",
    },
    least: 100,
    moved: { crate: "uuid", from: "1.29.3", to: "1.29.2" },
  });
});
