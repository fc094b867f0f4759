import { z } from "zod";
import type { ProviderName } from "./provider";

const filled = z.string().trim().min(1).max(500);

/** Of an app "Server-to-Server OAuth" at marketplace.zoom.us. */
export const zoomCredentials = z.strictObject({
  accountId: filled,
  clientId: filled,
  clientSecret: filled,
  /** Of the app's event subscriptions: proves that a webhook is Zoom's. Without it none is accepted. */
  webhookSecret: filled.optional(),
});
export type ZoomCredentials = z.infer<typeof zoomCredentials>;

// In an environment a key's line ends are written as two characters.
const privateKey = z
  .string()
  .max(10_000)
  .transform((text) => text.replaceAll("\\n", "\n").trim())
  .refine(
    (text) =>
      /^-----BEGIN PRIVATE KEY-----\n[\sA-Za-z0-9+/=]+\n-----END PRIVATE KEY-----$/.test(text),
    "must be the private_key of the service account's JSON file",
  );

/** Of a service account's JSON file; it acts for its accounts by domain-wide delegation. */
export const googleCredentials = z.strictObject({ clientEmail: z.email(), privateKey });
export type GoogleCredentials = z.infer<typeof googleCredentials>;

/** Of an app registration in Microsoft Entra. */
export const teamsCredentials = z.strictObject({
  tenantId: z.string().regex(/^[\w.-]{1,100}$/, "must be the tenant's id or domain"),
  clientId: filled,
  clientSecret: filled,
});
export type TeamsCredentials = z.infer<typeof teamsCredentials>;

/** What opens each provider. Jitsi and fixed links need nobody's leave: only an address. */
export type ProviderAccess =
  | {
      readonly name: "jitsi";
      /** The server, without a trailing slash; null is the public one. */
      readonly address: string | null;
    }
  | { readonly name: "link"; readonly address: string }
  | { readonly name: "zoom"; readonly credentials: ZoomCredentials }
  | { readonly name: "google_meet"; readonly credentials: GoogleCredentials }
  | { readonly name: "teams"; readonly credentials: TeamsCredentials };

/** The shape of each provider's stored secret (JSON). */
export const CREDENTIALS = {
  zoom: zoomCredentials,
  google_meet: googleCredentials,
  teams: teamsCredentials,
} as const;
export type WithCredentials = keyof typeof CREDENTIALS;

export const needsCredentials = (name: ProviderName): name is WithCredentials =>
  name in CREDENTIALS;

/** Settings of the environment, as far as they open a provider: lib/env.ts's own names. */
export type CredentialSettings = {
  readonly ZOOM_ACCOUNT_ID?: string | undefined;
  readonly ZOOM_CLIENT_ID?: string | undefined;
  readonly ZOOM_CLIENT_SECRET?: string | undefined;
  readonly ZOOM_WEBHOOK_SECRET?: string | undefined;
  readonly GOOGLE_CLIENT_EMAIL?: string | undefined;
  readonly GOOGLE_PRIVATE_KEY?: string | undefined;
  readonly TEAMS_TENANT_ID?: string | undefined;
  readonly TEAMS_CLIENT_ID?: string | undefined;
  readonly TEAMS_CLIENT_SECRET?: string | undefined;
};

type Opened = Extract<ProviderAccess, { readonly credentials: unknown }>;

/** A provider's access from the environment, or undefined when the environment does not hold it. */
export function accessFromSettings(
  name: WithCredentials,
  settings: CredentialSettings,
): Opened | undefined {
  const written = {
    zoom: {
      accountId: settings.ZOOM_ACCOUNT_ID,
      clientId: settings.ZOOM_CLIENT_ID,
      clientSecret: settings.ZOOM_CLIENT_SECRET,
      webhookSecret: settings.ZOOM_WEBHOOK_SECRET,
    },
    google_meet: {
      clientEmail: settings.GOOGLE_CLIENT_EMAIL,
      privateKey: settings.GOOGLE_PRIVATE_KEY,
    },
    teams: {
      tenantId: settings.TEAMS_TENANT_ID,
      clientId: settings.TEAMS_CLIENT_ID,
      clientSecret: settings.TEAMS_CLIENT_SECRET,
    },
  };
  return accessOf(name, written[name]);
}

/** A provider's access from what was stored for it, or undefined when that has not its shape. */
export function accessOf(name: WithCredentials, stored: unknown): Opened | undefined {
  if (name === "zoom") {
    const { data } = zoomCredentials.safeParse(stored);
    return data && { name, credentials: data };
  }
  if (name === "google_meet") {
    const { data } = googleCredentials.safeParse(stored);
    return data && { name, credentials: data };
  }
  const { data } = teamsCredentials.safeParse(stored);
  return data && { name, credentials: data };
}

/** Where the providers are; the environment may point each at another host. Without a trailing slash. */
export type ProviderAddresses = {
  readonly zoomApi: string;
  readonly zoomAuth: string;
  readonly googleApi: string;
  readonly googleAuth: string;
  readonly teamsApi: string;
  readonly teamsAuth: string;
};
