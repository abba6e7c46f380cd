import { buildFlagsMismatch } from "./host/build-flags-mismatch/rule.ts";
import { buildProfileMismatch } from "./host/build-profile-mismatch/rule.ts";
import { claimDependency } from "./claim/claim-dependency/rule.ts";
import { claimFlags } from "./claim/claim-flags/rule.ts";
import { claimLanguage } from "./claim/claim-language/rule.ts";
import { claimProfile } from "./claim/claim-profile/rule.ts";
import { claimTarget } from "./claim/claim-target/rule.ts";
import { claimToolchain } from "./claim/claim-toolchain/rule.ts";
import { dependencyMismatch } from "./host/dependency-mismatch/rule.ts";
import { dependencyNotInHost } from "./host/dependency-not-in-host/rule.ts";
import { duplicateComponent } from "./set/duplicate-component/rule.ts";
import { duplicatePluginPath } from "./set/duplicate-plugin-path/rule.ts";
import { expectedPluginMissing } from "./set/expected-plugin-missing/rule.ts";
import { hostCannotLoadPlugins } from "./loader/host-cannot-load-plugins/rule.ts";
import { languageUnsupported } from "./host/language-unsupported/rule.ts";
import { loaderCrashes } from "./loader/loader-crashes/rule.ts";
import { loaderRefuses } from "./loader/loader-refuses/rule.ts";
import { lockMismatch } from "./set/lock-mismatch/rule.ts";
import { manifestConflict } from "./manifest/manifest-conflict/rule.ts";
import { manifestInvalid } from "./manifest/manifest-invalid/rule.ts";
import { manifestMissing } from "./manifest/manifest-missing/rule.ts";
import { manifestNewerSchema } from "./manifest/manifest-newer-schema/rule.ts";
import { manifestStale } from "./manifest/manifest-stale/rule.ts";
import { manifestUnknownField } from "./manifest/manifest-unknown-field/rule.ts";
import { manifestUnreadable } from "./manifest/manifest-unreadable/rule.ts";
import { pluginsDisagree } from "./set/plugins-disagree/rule.ts";
import { suppressionExpired } from "./policy/suppression-expired/rule.ts";
import { suppressionStale } from "./policy/suppression-stale/rule.ts";
import { targetMismatch } from "./host/target-mismatch/rule.ts";
import { toolchainMismatch } from "./host/toolchain-mismatch/rule.ts";
import type { Rule, RuleMeta } from "./rule.ts";

/**
 * Every rule, in the order in which findings of the same severity are reported. The ids, the lists, the pages and the schemas' examples
 * follow from it: a new rule is a line here, a folder with rule.ts and page.ts, and a test.
 */
const all = [
  manifestMissing,
  manifestUnreadable,
  manifestInvalid,
  manifestConflict,
  manifestNewerSchema,
  manifestUnknownField,
  manifestStale,
  claimLanguage,
  claimTarget,
  claimToolchain,
  claimFlags,
  claimDependency,
  claimProfile,
  hostCannotLoadPlugins,
  targetMismatch,
  languageUnsupported,
  toolchainMismatch,
  dependencyMismatch,
  buildFlagsMismatch,
  buildProfileMismatch,
  loaderRefuses,
  loaderCrashes,
  dependencyNotInHost,
  expectedPluginMissing,
  lockMismatch,
  duplicatePluginPath,
  pluginsDisagree,
  duplicateComponent,
  suppressionStale,
  suppressionExpired,
] as const satisfies readonly Rule[];

/** An id never changes its meaning. */
export type RuleId = (typeof all)[number]["id"];

export type RegisteredRule = Rule & { readonly id: RuleId };

export const registry: readonly RegisteredRule[] = all;

export const ruleIds: readonly RuleId[] = registry.map(({ id }) => id);

/** What each rule is called, and how severe its findings are. */
export const rules: Readonly<Record<RuleId, RuleMeta>> = byId();

function byId(): Record<RuleId, RuleMeta> {
  const rules: Partial<Record<RuleId, RuleMeta>> = {};
  for (const rule of all) rules[rule.id] = rule;
  // RuleId is made of the same list, so that no id is missing.
  return rules as Record<RuleId, RuleMeta>;
}
