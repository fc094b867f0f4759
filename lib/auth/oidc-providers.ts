import type { Environment } from "@/lib/env";
import { env } from "@/lib/env";

export const PROVIDER_IDS = ["oidc", "google", "entra"] as const;
export type ProviderId = (typeof PROVIDER_IDS)[number];

/** An identity provider the operator configured. */
export type Provider = {
  readonly id: ProviderId;
  /** What its button says: "Google". */
  readonly name: string;
  /** Exactly as its tokens spell it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

type OidcSettings = Pick<
  Environment,
  | "OIDC_ISSUER"
  | "OIDC_CLIENT_ID"
  | "OIDC_CLIENT_SECRET"
  | "OIDC_NAME"
  | "GOOGLE_OIDC_CLIENT_ID"
  | "GOOGLE_OIDC_CLIENT_SECRET"
  | "ENTRA_TENANT_ID"
  | "ENTRA_CLIENT_ID"
  | "ENTRA_CLIENT_SECRET"
>;

const providerOf = (
  id: ProviderId,
  name: string,
  issuer: string | undefined,
  [clientId, clientSecret]: readonly [string | undefined, string | undefined],
): readonly Provider[] =>
  issuer && clientId && clientSecret ? [{ id, name, issuer, clientId, clientSecret }] : [];

/** The providers these settings name, in the order of the sign-in page. */
export const providersIn = (settings: OidcSettings): readonly Provider[] => [
  ...providerOf(
    "oidc",
    settings.OIDC_NAME ?? (settings.OIDC_ISSUER ? new URL(settings.OIDC_ISSUER).hostname : ""),
    settings.OIDC_ISSUER,
    [settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET],
  ),
  ...providerOf("google", "Google", "https://accounts.google.com", [
    settings.GOOGLE_OIDC_CLIENT_ID,
    settings.GOOGLE_OIDC_CLIENT_SECRET,
  ]),
  ...providerOf(
    "entra",
    "Microsoft",
    settings.ENTRA_TENANT_ID &&
      `https://login.microsoftonline.com/${settings.ENTRA_TENANT_ID}/v2.0`,
    [settings.ENTRA_CLIENT_ID, settings.ENTRA_CLIENT_SECRET],
  ),
];

/** The providers of this installation. */
export const providers = (): readonly Provider[] => providersIn(env);

export const findProvider = (id: string): Provider | undefined =>
  providers().find((provider) => provider.id === id);

/** What an identity's provider is called; its host when it is not configured any more. */
export const providerName = (issuer: string): string =>
  providers().find((provider) => provider.issuer === issuer)?.name ??
  (URL.canParse(issuer) ? new URL(issuer).hostname : issuer);
