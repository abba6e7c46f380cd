import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runProgram } from "../../src/process/program.ts";
import { describeWith, lackOf } from "../support/need.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-program-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const sh = (script: string, more: object = {}) =>
  runProgram({ program: "sh", args: ["-c", script], folder, ...more });

/** Whether a process is there, one that nobody has collected yet left aside. */
function runs(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

describeWith(process.platform === "linux" ? lackOf("sleep") : "Linux", "a program that is run", () => {
  it("gets its words as they are, in its folder, and its environment changed", async () => {
    const end = await runProgram({
      program: "sh",
      args: ["-c", 'printf "%s|%s|%s" "$PWD" "$1" "${GONE-unset}$ADDED"; echo said >&2', "sh", "a 'b' $c\n"],
      folder,
      environment: { GONE: undefined, ADDED: "!" },
    });
    expect(end).toEqual({ kind: "ended", code: 0, stdout: `${folder}|a 'b' $c\n|unset!`, stderr: "said\n" });
  });

  it("says how it ended", async () => {
    expect(await sh("echo no >&2; exit 3")).toMatchObject({ kind: "ended", code: 3, stderr: "no\n" });
    expect(await sh("echo last >&2; kill -9 $$")).toEqual({
      kind: "killed",
      signal: "SIGKILL",
      stderr: "last\n",
    });
    expect(await runProgram({ program: "no-such-program", args: [], folder })).toEqual({ kind: "missing" });
    expect(await runProgram({ program: folder, args: [], folder })).toEqual({ kind: "missing" });
    const nowhere = join(folder, "nowhere");
    expect(await runProgram({ program: "sh", args: [], folder: nowhere })).toEqual({ kind: "no-folder" });
  });

  it.each(["stdout", "stderr"])(
    "is ended, with what it started, when it writes too much to %s",
    async (stream) => {
      const pids = join(folder, `${stream}.pids`);
      const to = stream === "stderr" ? ">&2" : "";
      const end = await sh(`sleep 600 & echo $! > ${pids}; while :; do echo x ${to}; done`, {
        outputLimit: 1000,
      });
      expect(end).toMatchObject({ kind: "too-long", limit: "output" });
      expect(runs(Number(readFileSync(pids, "utf8")))).toBe(false);
    },
  );

  it("is ended, with what it started, when it takes too long, even if it ignores signals", async () => {
    const pids = join(folder, "time.pids");
    const end = await sh(`trap "" INT TERM HUP; sleep 600 & echo $! > ${pids}; echo begun >&2; wait`, {
      timeLimit: 1500,
    });
    expect(end).toEqual({ kind: "too-long", limit: "time", stderr: "begun\n" });
    expect(runs(Number(readFileSync(pids, "utf8")))).toBe(false);
  });

  it("what it wrote up to the limit is there whole", async () => {
    const end = await sh("printf 12345", { outputLimit: 5 });
    expect(end).toMatchObject({ kind: "ended", stdout: "12345" });
    expect(await sh("printf 123456", { outputLimit: 5 })).toMatchObject({ kind: "too-long" });
  });
});
