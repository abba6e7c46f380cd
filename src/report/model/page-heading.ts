import type { RulePage } from "../../rules/rule-page.ts";

/** The headings of a rule's page. */
export const pageHeadings = {
  why: "Why it matters",
  found: "How it is detected",
  fix: "How to fix it",
  accept: "When it is safe to ignore",
} as const satisfies Partial<Record<keyof RulePage, string>>;
