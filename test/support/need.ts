import { spawnSync } from "node:child_process";
import { describe, test } from "vitest";

/** CI=true promises that everything is there: then a missing tool is a failure. */
export const isComplete = process.env["CI"] === "true";

declare module "vitest" {
  interface TaskMeta {
    /** Why a test, or all of a suite or file, is skipped: "no go". The closing lines count by it. */
    lack?: string;
  }
}

/**
 * Something that a test needs is not on this machine. Thrown by `need` and by every helper that needs something; the runner
 * (lack-runner.ts) makes a skipped test of it, and a failed one if CI=true.
 */
export class Lack extends Error {
  override readonly name = "Lack";

  /** Also with CI=true. */
  readonly isOptional: boolean;

  /** @param lack "no go" */
  constructor(lack: string, { optional = false }: NeedOptions = {}) {
    super(isComplete && !optional ? `${lack}, and with CI=true that is a failure` : lack);
    this.isOptional = optional;
  }
}

/** How a program shows that it is there, if not by `--version`. */
const probes: Readonly<Record<string, readonly string[]>> = {
  go: ["version"],
  openssl: ["version"],
  mandoc: ["-T", "lint", "-W", "unsupp", "/dev/null"],
};

const answers = new Map<string, boolean>();

/** Whether a program is on the PATH and runs. */
export function has(program: string): boolean {
  const known = answers.get(program);
  if (known !== undefined) return known;
  const { status } = spawnSync(program, probes[program] ?? ["--version"], { stdio: "ignore" });
  answers.set(program, status === 0);
  return status === 0;
}

/** "no go" for the first of these programs that is missing; undefined if all are there. */
export function lackOf(...programs: readonly string[]): string | undefined {
  const missing = programs.find((program) => !has(program));
  return missing === undefined ? undefined : `no ${missing}`;
}

/** @throws Lack for the first of these programs that is missing. Inside a test it skips the test. */
export function need(...programs: readonly string[]): void {
  const lack = lackOf(...programs);
  if (lack !== undefined) throw new Lack(lack);
}

export interface NeedOptions {
  /** Also with CI=true a machine may lack it: it is not installed by .ci/install-tools. */
  readonly optional?: boolean;
}

/**
 * A `describe` whose tests are skipped, and counted with the reason, if something is missing. With CI=true one failing test
 * stands in for them.
 */
export function describeWith(
  lack: string | undefined,
  name: string,
  body: () => void,
  { optional = false }: NeedOptions = {},
): void {
  if (lack === undefined) describe(name, body);
  else if (isComplete && !optional) failing(name, lack);
  else describe(because(name, lack), { skip: true, meta: { lack } }, body);
}

/** The same for one test. */
export function testWith(
  lack: string | undefined,
  name: string,
  body: () => unknown,
  { optional = false }: NeedOptions = {},
): void {
  if (lack === undefined) test(name, body);
  else if (isComplete && !optional) failing(name, lack);
  else test(because(name, lack), { skip: true, meta: { lack } }, body);
}

/** One test in the place of a group that cannot even be listed without what is missing. */
export function standIn(lack: string, name: string, { optional = false }: NeedOptions = {}): void {
  if (isComplete && !optional) failing(name, lack);
  else test(because(name, lack), { skip: true, meta: { lack } }, () => undefined);
}

/** What only the superuser may do cannot be tried by another user, and the other way round. */
export const notRoot: string | undefined = process.getuid?.() === 0 ? undefined : "not root";

function because(name: string, lack: string): string {
  return `${name} (skipped: ${lack})`;
}

function failing(name: string, lack: string): void {
  test(name, () => {
    throw new Lack(lack);
  });
}
