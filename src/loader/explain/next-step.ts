import type { Fix } from "../../language/fix.ts";

export function run(command: string): Fix {
  return { kind: "command", run: command };
}

export function advise(text: string): Fix {
  return { kind: "advice", text };
}

/** Finds the actual cause, if both files are available. */
export const validate = run("plugins validate {plugin} --host {host}");

/** Shows what the file is, and for which machine. */
export const inspect = run("plugins inspect {plugin}");

export const rebuild = advise(
  "Rebuild the plugin or copy it again, and compare its checksum with that of the build output.",
);
