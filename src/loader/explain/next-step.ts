import { advise, run } from "../../language/fix.ts";

export { advise, run };

/** Finds the actual cause, if both files are available. */
export const validate = run("plugins validate {plugin} --host {host}");

/** Shows what the file is, and for which machine. */
export const inspect = run("plugins inspect {plugin}");

export const rebuild = advise(
  "Rebuild the plugin or copy it again, and compare its checksum with that of the build output.",
);
