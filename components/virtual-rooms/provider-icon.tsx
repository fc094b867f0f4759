import type { Icon } from "@tabler/icons-react";
import {
  IconBrandGoogle,
  IconBrandTeams,
  IconBrandZoom,
  IconLink,
  IconVideo,
} from "@tabler/icons-react";
import type { ProviderName } from "@/lib/conferencing/core/provider";

const ICONS: Readonly<Record<ProviderName, Icon>> = {
  jitsi: IconVideo,
  zoom: IconBrandZoom,
  google_meet: IconBrandGoogle,
  teams: IconBrandTeams,
  link: IconLink,
};

/** The sign of a provider, beside its name. */
export function ProviderIcon({ provider }: { provider: ProviderName }) {
  const Sign = ICONS[provider];
  return <Sign size={18} stroke={1.6} aria-hidden="true" />;
}
