import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { vi } from "vitest";
import { writeProxy } from "./module-proxy.ts";

/** Modules that sources can require: a proxy in a folder has them, so that no network is needed. */
const modules = [
  { path: "example.com/far", version: "v1.2.3", text: "far" },
  { path: "example.com/far", version: "v1.3.0", text: "farther" },
  { path: "example.com/fork", version: "v0.9.0", text: "fork" },
  { path: "example.com/unlinked", version: "v1.0.0", text: "unlinked" },
].map(({ path, version, text }) => ({
  path,
  version,
  files: {
    "go.mod": `module ${path}\n\ngo 1.20\n`,
    "text.go": `package far\n\nfunc Text() string { return ${JSON.stringify(text)} }\n`,
  },
}));

/** Folders with Go sources, and a module cache of their own. */
export class GoSources {
  readonly root = mkdtempSync(join(tmpdir(), "go-sources-"));

  constructor() {
    writeProxy(join(this.root, "proxy"), modules);
    const own = {
      GOPROXY: `file://${join(this.root, "proxy")}`,
      GOSUMDB: "off",
      GOMODCACHE: join(this.root, "modules"),
      // What is in the cache can be removed again.
      GOFLAGS: "-modcacherw -buildvcs=false",
      GOWORK: "",
      GOTOOLCHAIN: "local",
    };
    for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value);
  }

  /** Writes files. @returns the folder. */
  write(name: string, files: Readonly<Record<string, string>>): string {
    const folder = join(this.root, name);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  }

  go(folder: string, ...args: readonly string[]): string {
    return execFileSync("go", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  remove(): void {
    vi.unstubAllEnvs();
    rmSync(this.root, { recursive: true, force: true });
  }
}
