import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lackOf } from "../support/need.ts";

/** A shell that is driven as a person at a terminal would, and what comes of it. */
export interface Completed {
  /** What the shell had to offer at the Tab. */
  readonly offered: readonly string[];
  /** The arguments of the command that Enter then ran. */
  readonly ran: readonly string[];
}

type Session = (script: string, lines: readonly string[]) => readonly Completed[];

/**
 * Completes each line in the real shell, in a folder with a file `plain.so` and a folder `dir one`.
 * @param script what `plugins completion` printed.
 */
export const sessions = { bash, zsh, fish, powershell } satisfies Record<string, Session>;

export type ShellName = keyof typeof sessions;

const programs: Readonly<Record<ShellName, string>> = {
  bash: "bash",
  zsh: "zsh",
  fish: "fish",
  powershell: "pwsh",
};

/** Why a shell cannot be had here; undefined if it can. */
export function lackOfShell(shell: ShellName): string | undefined {
  const typed = shell === "bash" || shell === "zsh";
  return lackOf(programs[shell], ...(typed ? ["script"] : []));
}

/** Both write to a file, which no escape sequence of a line editor gets into. */
const commands = `
plugins() { printf 'ran %s\\n' "$@" >>"$RECORD"; echo end >>"$RECORD"; }
otelcol-plugins() { plugins "$@"; }
`;

function bash(script: string, lines: readonly string[]): readonly Completed[] {
  const start = `
bind 'set bell-style none'
. ./script
${commands}
eval "original$(declare -f _otelcol_plugins | sed 1s/_otelcol_plugins//)"
_otelcol_plugins() {
  original "$@"
  [ "\${#COMPREPLY[@]}" -eq 0 ] || printf 'offered %s\\n' "\${COMPREPLY[@]}" >>"$RECORD"
}
`;
  return typed(["bash", "--noprofile", "--rcfile", "start", "-i"], { script, start }, lines);
}

function zsh(script: string, lines: readonly string[]): readonly Completed[] {
  // compadd, which every completion of zsh ends in, is asked for the matches (-A) before it adds them.
  const start = `
autoload -Uz compinit
compinit -D -u
setopt nobeep
compadd() {
  if [[ \${@[1,(i)(-|--)]} != *-(O|A|D)\\ * ]]; then
    local -a hits
    builtin compadd -A hits "$@"
    (( $#hits )) && printf 'offered %s\\n' $hits >>$RECORD
  fi
  builtin compadd "$@"
}
source ./script
${commands}
`;
  return typed(["zsh", "-d", "-i"], { script, ".zshrc": start }, lines);
}

function fish(script: string, lines: readonly string[]): readonly Completed[] {
  const asked = lines.map((line) => `complete -C ${word(line)}; echo end`);
  const start = ["source ./script", ...asked].join("\n");
  return inFolder({ script }, (folder, env) => {
    const run = spawnSync(programs.fish, ["--no-config", "-c", start], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    if (run.stderr !== "") throw new Error(run.stderr);
    return records(run.stdout.replace(/^(?!end$)(.*?)(\t.*)?$/gm, "offered $1"));
  });
}

function powershell(script: string, lines: readonly string[]): readonly Completed[] {
  const asked = lines.map(
    (line) =>
      `(TabExpansion2 -inputScript ${word(line)} -cursorColumn ${line.length}).CompletionMatches | ` +
      `ForEach-Object { 'offered ' + $_.CompletionText }; 'end'`,
  );
  const start = [". ./script.ps1", ...asked].join("\n");
  return inFolder({ "script.ps1": script, "start.ps1": start }, (folder, env) => {
    const run = spawnSync(programs.powershell, ["-NoProfile", "-File", "start.ps1"], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    return records(run.stdout.replaceAll("\r\n", "\n"));
  });
}

/** Types each line, Tab and Enter into the shell, in a terminal of its own. */
function typed(
  shell: readonly string[],
  files: Readonly<Record<string, string>>,
  lines: readonly string[],
): readonly Completed[] {
  return inFolder(files, (folder, env) => {
    const input = [...lines.map((line) => `${line}\t`), "exit"].join("\n");
    const run = spawnSync("script", ["-qec", shell.join(" "), "/dev/null"], {
      cwd: folder,
      env: { ...env, RECORD: join(folder, "record"), ZDOTDIR: folder, TERM: "dumb" },
      input: `${input}\n`,
      encoding: "utf8",
      timeout: 50_000,
    });
    const done = records(readFileSync(join(folder, "record"), "utf8"));
    if (done.length !== lines.length) throw new Error(`the shell did not run all lines:\n${run.stdout}`);
    return done;
  });
}

function inFolder<Result>(
  files: Readonly<Record<string, string>>,
  run: (folder: string, env: NodeJS.ProcessEnv) => Result,
): Result {
  const folder = mkdtempSync(join(tmpdir(), "plugins-completion-"));
  try {
    for (const [name, text] of Object.entries({ "plain.so": "", ...files })) {
      writeFileSync(join(folder, name), text);
    }
    mkdirSync(join(folder, "dir one"));
    return run(folder, { PATH: process.env["PATH"], HOME: folder, LANG: "C.UTF-8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function records(text: string): readonly Completed[] {
  const parts = text.split(/^end\n/m).slice(0, -1);
  return parts.map((part) => ({
    offered: [...new Set(wordsAfter("offered", part))].sort(),
    ran: wordsAfter("ran", part),
  }));
}

function wordsAfter(head: string, part: string): readonly string[] {
  return [...part.matchAll(new RegExp(`^${head} (.*)$`, "gm"))].map(([, text = ""]) => text);
}

function word(text: string): string {
  return `'${text}'`;
}
