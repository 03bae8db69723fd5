import type { OAuthCodeMethod } from "../../../shared/catalogue/manifest";
import { fillTemplate, type TemplateValues } from "../../platform/template";

type ScopeShape = Pick<OAuthCodeMethod, "scopes" | "scopeSeparator" | "sendScope">;

/**
 * A scope as it is asked for. Those the connector declares may be templates: `{environmentUrl}/.default`. One that a
 * person typed or a vendor granted stands for itself, whatever it looks like: `{secret.privateKey}` is no place for a key.
 */
export const scopeText = (
  declared: ScopeShape["scopes"],
  scope: string,
  values: TemplateValues,
): string => (declared.some((one) => one.scope === scope) ? fillTemplate(scope, values) : scope);

/** The parameters that ask for scopes. */
export function scopeParams(
  { scopes, scopeSeparator, sendScope }: ScopeShape,
  asked: readonly string[],
  values: TemplateValues,
): Record<string, string> {
  if (!sendScope) return {};
  const byParam = new Map<string, string[]>();
  for (const scope of new Set(asked)) {
    const param = scopes.find((one) => one.scope === scope)?.param ?? "scope";
    byParam.set(param, [...(byParam.get(param) ?? []), scopeText(scopes, scope, values)]);
  }
  return Object.fromEntries(
    [...byParam].map(([param, asked]) => [param, asked.join(scopeSeparator)]),
  );
}
