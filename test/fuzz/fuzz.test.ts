import { describe, expect, it } from "vitest";
import { inputAt, isThorough } from "./input.ts";
import { kindNames } from "./kinds.ts";
import type { Files } from "../../src/files/files.ts";
import { failingFiles } from "../support/failing-files.ts";
import { answerTo } from "./property.ts";
import { elfFiles, places, sceneOf } from "./scene.ts";

/* `npm run fuzz` tries more, in threads that it can end: docs/fuzzing.md. */

const seed = 20261129;
const tries = 100;

describe.each(kindNames)("damaged files of the kind %s", (kind) => {
  it("get an answer that is in order", async () => {
    const outcomes = new Set<string>();
    const wrong: string[] = [];
    for (let index = 0; index < tries; index++) {
      const answer = await answerTo(inputAt(seed, index, kind), isThorough(index * kindNames.length));
      outcomes.add(answer.outcome);
      if (answer.wrong !== undefined) wrong.push(`input ${index}: ${answer.wrong}`);
    }
    expect(wrong).toEqual([]);
    // A reader that refuses everything, or nothing, does not get far.
    expect(outcomes.size).toBeGreaterThan(1);
  });
});

describe("a sound scene", () => {
  const scene = sceneOf(elfFiles[0] ?? Buffer.alloc(0));
  const wrongWith = async (adapter: (files: Files) => Files, thorough = false) =>
    (await answerTo(scene, thorough, adapter)).wrong;

  it("has nothing wrong", async () => {
    expect(await answerTo(scene, true)).toEqual({
      outcome: "compatible (loads)",
      read: "elf",
      wrong: undefined,
    });
  });

  it.each([places.plugin, places.host, places.libc])("shows that this program fails on %s", async (path) => {
    expect(await wrongWith((files) => failingFiles(files, (each) => each === path))).toContain(
      "because of a bug in otelcol-plugins",
    );
  });

  it("shows that a file is left open", async () => {
    const leaving = (files: Files): Files => ({
      ...files,
      stat: (path) => {
        files.open(places.plugin);
        return files.stat(path);
      },
    });
    expect(await wrongWith(leaving)).toContain("left open: /plugins/plugin.so");
  });

  it("shows that answers change", async () => {
    let opened = 0;
    const changing = (files: Files): Files => ({
      ...files,
      open: (path) => {
        if (path === places.plugin) opened++;
        return files.open(path === places.plugin && opened > 8 ? places.libc : path);
      },
    });
    expect(await wrongWith(changing, true)).toBeDefined();
  });
});
