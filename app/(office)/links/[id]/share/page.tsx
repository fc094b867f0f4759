import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { ShareScreen } from "@/components/links/share-screen";
import { words } from "@/components/links/words";
import { loadLink } from "@/lib/links/loaders";
import { loadViewer } from "@/lib/people/loaders";
import { formatDateShort } from "@/lib/time/format";
import { startOfDay } from "@/lib/time/offset";

type Props = { readonly params: Promise<{ id: string }> };

export const metadata: Metadata = { title: words("share.title") };

export default async function SharePage({ params }: Props) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/links/${encodeURIComponent(id)}/share`));
  const { link, oneOffs, appUrl, since } = await loadLink(id);
  const numbers = {
    bookings: link.bookings,
    views: link.views,
    since: formatDateShort(startOfDay(since, viewer.zone), viewer),
  };
  return (
    <ShareScreen link={link} oneOffs={oneOffs} appUrl={appUrl} numbers={numbers} reader={viewer} />
  );
}
