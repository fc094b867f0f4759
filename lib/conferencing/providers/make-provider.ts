import type { ProviderAccess } from "../core/credentials";
import type { ConferencingProvider } from "../core/provider";
import type { ProviderDeps } from "./call";
import { googleMeetProvider } from "./google-meet";
import { jitsiProvider } from "./jitsi";
import { staticLinkProvider } from "./static-link";
import { teamsProvider } from "./teams";
import { zoomProvider } from "./zoom";

/** The provider behind a virtual room. Cheap to make: what has to be remembered is in the store. */
export function makeProvider(access: ProviderAccess, deps: ProviderDeps): ConferencingProvider {
  switch (access.name) {
    case "jitsi":
      return jitsiProvider(access.address);
    case "link":
      return staticLinkProvider(access.address);
    case "zoom":
      return zoomProvider(access.credentials, deps);
    case "google_meet":
      return googleMeetProvider(access.credentials, deps);
    case "teams":
      return teamsProvider(access.credentials, deps);
  }
}
