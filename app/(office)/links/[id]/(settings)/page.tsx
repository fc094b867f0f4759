import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { guestTexts } from "@/components/guest/guest-texts";
import { LinkEditor } from "@/components/links/link-editor";
import { words } from "@/components/links/words";
import { loadLink } from "@/lib/links/loaders";
import { loadViewer } from "@/lib/people/loaders";
import { formatDateShort } from "@/lib/time/format";
import { startOfDay } from "@/lib/time/offset";

type Props = { readonly params: Promise<{ id: string }> };

export const metadata: Metadata = { title: words("one") };

export default async function LinkSettingsPage({ params }: Props) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/links/${encodeURIComponent(id)}`));
  const { link, choices, appUrl, now, since } = await loadLink(id);
  return (
    <LinkEditor
      key={link.id}
      link={link}
      choices={choices}
      appUrl={appUrl}
      numbers={{
        bookings: link.bookings,
        views: link.views,
        since: formatDateShort(startOfDay(since, viewer.zone), viewer),
      }}
      texts={guestTexts("en", ["book"])}
      reader={viewer}
      now={now}
    />
  );
}
