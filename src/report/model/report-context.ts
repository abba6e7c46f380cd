import type { Configuration } from "../../check/model/configuration.ts";
import type { Tool } from "./tool.ts";
import type { Gate } from "../../check/model/gate.ts";
import type { Place } from "./place.ts";

/** What a report says in addition to the result. Nothing in it depends on the time of the run. */
export interface ReportContext {
  readonly tool: Tool;
  readonly command: "list" | "validate" | "check-all" | "lock" | "manifest";
  readonly exitCode: number;
  /** Why the check fails, in a sentence (`failureText`); undefined if it passes, and for a listing. */
  readonly failure: string | undefined;
  readonly gate: Gate;
  readonly place: Place;
  /** What was odd but stopped nothing, in sentences; none if absent. */
  readonly warnings?: readonly string[];
  /** null or absent if there is none. */
  readonly configuration?: Configuration | null | undefined;
}
