import { readFileSync, writeFileSync } from "node:fs";
import { changeTableHeader, Patient } from "../support/go-patient.ts";
import type { OtherVersion } from "../support/plugin-module.ts";
import type { FolderAnswer, FolderHost } from "./folder-host.ts";

/** What is put into the folder. */
export type Content =
  /** @property flags the host's if not given. @property release the host's if not given. */
  | {
      readonly kind: "plugin";
      readonly others?: readonly OtherVersion[];
      readonly flags?: readonly string[];
      readonly release?: string;
    }
  /** The plugin that fits, damaged. */
  | { readonly kind: "damaged"; readonly damage: (from: string, to: string) => void }
  | { readonly kind: "library"; readonly language: "c" | "rust" }
  /** The plugin that fits, and a copy. */
  | { readonly kind: "twice" };

/** A folder, what becomes of it in the real program, and what is to be said before. */
export interface FolderCase {
  readonly name: string;
  readonly content: Content;
  /** Flags of the host beside its own. */
  readonly hostFlags?: readonly string[];
  /** With NAME for the path of the last file without ".so", and FILE for the path. No message: any words. */
  readonly answer: FolderAnswer;
  /** The rule of an error; there is none at all if this is not given. */
  readonly error?: string;
  /** Nothing is predicted: the file is broken, but not where the loader looks. It does not pass. */
  readonly isUnknown?: true;
  /** What is printed to fix it is done, and leads to a plugin that loads and passes. */
  readonly isFixed?: true;
}

const loads: FolderAnswer = { outcome: "loads" };

function refused(words: string): FolderAnswer {
  return { outcome: "refused", message: `plugin.Open("NAME"): ${words}` };
}

function differs(name: string): FolderAnswer {
  return refused(`plugin was built with a different version of package ${name}`);
}

const noModuleData: FolderAnswer = {
  outcome: "crash",
  message: "fatal error: runtime: no plugin module data",
};

function cutTo(length: (size: number) => number): Content {
  return {
    kind: "damaged",
    damage: (from, to) => {
      const bytes = readFileSync(from);
      writeFileSync(to, bytes.subarray(0, length(bytes.length)));
    },
  };
}

function written(text: string): Content {
  return {
    kind: "damaged",
    damage: (_, to) => {
      writeFileSync(to, text);
    },
  };
}

/** Bytes of the header of the function table: the magic, and the size of a pointer. */
function withHeader(byte: number, value: number): Content {
  return {
    kind: "damaged",
    damage: (from, to) => {
      const patient = new Patient(from);
      changeTableHeader(patient, byte, value);
      writeFileSync(to, patient.bytes);
    },
  };
}

const trimpath = ["-trimpath"];

const flagCases: readonly FolderCase[] = [
  {
    name: "a plugin with -trimpath, the host without",
    content: { kind: "plugin", flags: trimpath },
    answer: differs("internal/goarch"),
    error: "build-flags-mismatch",
    isFixed: true,
  },
  {
    name: "a plugin without -trimpath, the host with",
    content: { kind: "plugin", flags: [] },
    hostFlags: trimpath,
    answer: differs("internal/goarch"),
    error: "build-flags-mismatch",
    isFixed: true,
  },
  {
    name: "a plugin with -trimpath, and so the host",
    content: { kind: "plugin", flags: trimpath },
    hostFlags: trimpath,
    answer: loads,
  },
  {
    name: "a plugin with tags that select nothing",
    content: { kind: "plugin", flags: ["-tags=other,further"] },
    answer: loads,
    isFixed: true,
  },
  {
    name: "a plugin without symbols and debug information",
    content: { kind: "plugin", flags: ["-ldflags=-s -w"] },
    answer: loads,
  },
];

const releaseCases: readonly FolderCase[] = [
  {
    name: "a plugin by another patch release of Go",
    content: { kind: "plugin", release: "1.26.0" },
    answer: differs("internal/runtime/syscall/linux"),
    error: "toolchain-mismatch",
  },
  {
    name: "a plugin by an earlier minor release of Go",
    content: { kind: "plugin", release: "1.25.8" },
    answer: noModuleData,
    error: "toolchain-mismatch",
  },
  {
    name: "a plugin by a later minor release of Go",
    content: { kind: "plugin", release: "1.27.1" },
    answer: noModuleData,
    error: "toolchain-mismatch",
  },
];

const tooShort = refused("FILE: file too short");
const noFileData = refused("FILE: cannot read file data");
const busError: FolderAnswer = { outcome: "crash" };

const damageCases: readonly FolderCase[] = [
  { name: "an empty file", content: written(""), answer: tooShort, error: "loader-refuses" },
  {
    name: "a short text",
    content: written("no library\n"),
    answer: tooShort,
    error: "loader-refuses",
  },
  {
    name: "a long text",
    content: written("no library\n".repeat(1000)),
    answer: refused("FILE: invalid ELF header"),
    error: "loader-refuses",
  },
  {
    name: "a plugin cut off in its ELF header",
    content: cutTo(() => 40),
    answer: tooShort,
    error: "loader-refuses",
  },
  {
    name: "a plugin cut off behind its ELF header",
    content: cutTo(() => 64),
    answer: noFileData,
    error: "loader-refuses",
  },
  {
    name: "a plugin cut off in its program headers",
    content: cutTo(() => 400),
    answer: noFileData,
    error: "loader-refuses",
  },
  {
    name: "a plugin cut off behind the first page",
    content: cutTo(() => 4096),
    answer: busError,
    error: "loader-crashes",
  },
  {
    name: "a plugin cut off after a quarter",
    content: cutTo((size) => Math.floor(size / 4)),
    answer: busError,
    error: "loader-crashes",
  },
  {
    name: "a plugin without its last 4096 bytes, which nobody loads",
    content: cutTo((size) => size - 4096),
    answer: loads,
    isUnknown: true,
  },
  {
    name: "a plugin without its last byte, which nobody loads",
    content: cutTo((size) => size - 1),
    answer: loads,
    isUnknown: true,
  },
  {
    name: "a plugin with another magic in its function table",
    content: withHeader(0, 0x42),
    answer: { outcome: "crash", message: "fatal error: invalid function symbol table" },
    error: "loader-crashes",
  },
  {
    name: "a plugin with pointers of 4 bytes in its function table",
    content: withHeader(7, 4),
    answer: { outcome: "crash", message: "fatal error: invalid function symbol table" },
    error: "loader-crashes",
  },
];

/** All cases for a host, with what tests are named after. */
export function casesFor({ skews }: FolderHost): readonly (readonly [string, FolderCase])[] {
  const cases: readonly FolderCase[] = [
    { name: "a plugin that fits", content: { kind: "plugin" }, answer: loads, isFixed: true },
    ...skews.map((other): FolderCase => ({
      name: `a plugin with ${other.module} ${other.version}${other.isReplaced === true ? " by a replacement" : ""}`,
      content: { kind: "plugin", others: [other] },
      answer: differs(other.refused),
      error: "dependency-mismatch",
      isFixed: true,
    })),
    {
      name: "a plugin with all of these but the replacement at once",
      content: { kind: "plugin", others: skews.filter(({ isReplaced }) => isReplaced !== true) },
      answer: { outcome: "refused" },
      error: "dependency-mismatch",
      isFixed: true,
    },
    ...flagCases,
    {
      name: "a library in C",
      content: { kind: "library", language: "c" },
      answer: noModuleData,
      error: "loader-crashes",
    },
    {
      name: "a library in Rust",
      content: { kind: "library", language: "rust" },
      answer: noModuleData,
      error: "loader-crashes",
    },
    ...damageCases,
    ...releaseCases,
    {
      name: "a plugin and a copy of it",
      content: { kind: "twice" },
      answer: refused("plugin already loaded"),
      error: "duplicate-plugin-path",
    },
  ];
  return cases.map((each) => [each.name, each]);
}
