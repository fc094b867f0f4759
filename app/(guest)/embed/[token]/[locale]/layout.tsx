import type { ReactNode } from "react";
import { FrameLook } from "@/components/booking/frame-look";
import { FrameTalk } from "@/components/booking/frame-talk";
import { GuestDocument } from "@/components/guest/guest-document";
import { DEFAULT_LOCALE, parseLocale } from "@/lib/i18n/locale";

export default async function EmbedLayout({
  children,
  params,
}: {
  readonly children: ReactNode;
  readonly params: Promise<{ locale: string }>;
}) {
  const { locale } = await params;
  return (
    <GuestDocument locale={parseLocale(locale) ?? DEFAULT_LOCALE}>
      <FrameLook />
      <FrameTalk />
      {children}
    </GuestDocument>
  );
}
