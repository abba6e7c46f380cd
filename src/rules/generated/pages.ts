// Made from the folders of src/rules by `npm run generate`.
import type { RuleId } from "../registry.ts";
import type { RulePage } from "../rule-page.ts";
import { buildFlagsMismatch } from "../host/build-flags-mismatch/page.ts";
import { buildProfileMismatch } from "../host/build-profile-mismatch/page.ts";
import { claimDependency } from "../claim/claim-dependency/page.ts";
import { claimFlags } from "../claim/claim-flags/page.ts";
import { claimLanguage } from "../claim/claim-language/page.ts";
import { claimProfile } from "../claim/claim-profile/page.ts";
import { claimTarget } from "../claim/claim-target/page.ts";
import { claimToolchain } from "../claim/claim-toolchain/page.ts";
import { dependencyMismatch } from "../host/dependency-mismatch/page.ts";
import { dependencyNotInHost } from "../host/dependency-not-in-host/page.ts";
import { duplicateComponent } from "../set/duplicate-component/page.ts";
import { duplicatePluginPath } from "../set/duplicate-plugin-path/page.ts";
import { expectedPluginMissing } from "../set/expected-plugin-missing/page.ts";
import { hostCannotLoadPlugins } from "../loader/host-cannot-load-plugins/page.ts";
import { languageUnsupported } from "../host/language-unsupported/page.ts";
import { loaderCrashes } from "../loader/loader-crashes/page.ts";
import { loaderRefuses } from "../loader/loader-refuses/page.ts";
import { lockMismatch } from "../set/lock-mismatch/page.ts";
import { manifestConflict } from "../manifest/manifest-conflict/page.ts";
import { manifestInvalid } from "../manifest/manifest-invalid/page.ts";
import { manifestMissing } from "../manifest/manifest-missing/page.ts";
import { manifestNewerSchema } from "../manifest/manifest-newer-schema/page.ts";
import { manifestStale } from "../manifest/manifest-stale/page.ts";
import { manifestUnknownField } from "../manifest/manifest-unknown-field/page.ts";
import { manifestUnreadable } from "../manifest/manifest-unreadable/page.ts";
import { pluginsDisagree } from "../set/plugins-disagree/page.ts";
import { suppressionExpired } from "../policy/suppression-expired/page.ts";
import { suppressionStale } from "../policy/suppression-stale/page.ts";
import { targetMismatch } from "../host/target-mismatch/page.ts";
import { toolchainMismatch } from "../host/toolchain-mismatch/page.ts";

/** The page of every rule. */
export const rulePages: Readonly<Record<RuleId, RulePage>> = {
  "build-flags-mismatch": buildFlagsMismatch,
  "build-profile-mismatch": buildProfileMismatch,
  "claim-dependency": claimDependency,
  "claim-flags": claimFlags,
  "claim-language": claimLanguage,
  "claim-profile": claimProfile,
  "claim-target": claimTarget,
  "claim-toolchain": claimToolchain,
  "dependency-mismatch": dependencyMismatch,
  "dependency-not-in-host": dependencyNotInHost,
  "duplicate-component": duplicateComponent,
  "duplicate-plugin-path": duplicatePluginPath,
  "expected-plugin-missing": expectedPluginMissing,
  "host-cannot-load-plugins": hostCannotLoadPlugins,
  "language-unsupported": languageUnsupported,
  "loader-crashes": loaderCrashes,
  "loader-refuses": loaderRefuses,
  "lock-mismatch": lockMismatch,
  "manifest-conflict": manifestConflict,
  "manifest-invalid": manifestInvalid,
  "manifest-missing": manifestMissing,
  "manifest-newer-schema": manifestNewerSchema,
  "manifest-stale": manifestStale,
  "manifest-unknown-field": manifestUnknownField,
  "manifest-unreadable": manifestUnreadable,
  "plugins-disagree": pluginsDisagree,
  "suppression-expired": suppressionExpired,
  "suppression-stale": suppressionStale,
  "target-mismatch": targetMismatch,
  "toolchain-mismatch": toolchainMismatch,
};
