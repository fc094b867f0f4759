import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { MailScreen } from "@/components/mailbox/mail-screen";
import { t } from "@/components/ui/office-text";
import { loadCapturedMail } from "@/lib/notifications/loaders";
import { loadViewer } from "@/lib/people/loaders";

type Props = { readonly params: Promise<{ id: string }> };

export const metadata: Metadata = { title: t("places.mail") };

export default async function MailPage({ params }: Props) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/mailbox/${encodeURIComponent(id)}`));
  return <MailScreen mail={await loadCapturedMail(id)} reader={viewer} />;
}
