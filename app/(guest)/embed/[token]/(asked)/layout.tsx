import { headers } from "next/headers";
import type { ReactNode } from "react";
import { FrameLook } from "@/components/booking/frame-look";
import { FrameTalk } from "@/components/booking/frame-talk";
import { GuestDocument } from "@/components/guest/guest-document";
import { requestLocale } from "@/components/guest/request-choices";

export default async function EmbedLayout({ children }: { readonly children: ReactNode }) {
  return (
    <GuestDocument locale={await requestLocale()}>
      <FrameLook nonce={(await headers()).get("x-nonce") ?? undefined} />
      <FrameTalk />
      {children}
    </GuestDocument>
  );
}
