import { env } from "@/lib/env";
import { fetchProvider } from "@/lib/http/outbound";
import type { Deps } from "@/lib/runtime";
import type { OpenProvider } from "../core/room-provider";
import { providerOpener } from "./open-provider";

/** Opens providers as this server is configured: its addresses, its credentials, its way out. */
export const configuredOpener = (deps: Pick<Deps, "db" | "keys" | "now">): OpenProvider =>
  providerOpener({
    ...deps,
    settings: env,
    fetch: fetchProvider,
    addresses: {
      zoomApi: env.ZOOM_API_URL,
      zoomAuth: env.ZOOM_AUTH_URL,
      googleApi: env.GOOGLE_API_URL,
      googleAuth: env.GOOGLE_AUTH_URL,
      teamsApi: env.TEAMS_API_URL,
      teamsAuth: env.TEAMS_AUTH_URL,
    },
  });
