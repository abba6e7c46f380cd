/** What to do next. */
export type NextStep =
  { readonly kind: "command"; readonly run: string } | { readonly kind: "advice"; readonly text: string };

export function run(command: string): NextStep {
  return { kind: "command", run: command };
}

export function advise(text: string): NextStep {
  return { kind: "advice", text };
}

/** Tells the very cause, where both files are at hand. */
export const validate = run("plugins validate {plugin} --host {host}");

/** What the file is, and for which machine. */
export const inspect = run("plugins inspect {plugin}");

export const rebuild = advise("Build or copy the plugin again, and compare its checksum with the build's.");
