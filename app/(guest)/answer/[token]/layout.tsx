import type { ReactNode } from "react";
import { GuestDocument } from "@/components/guest/guest-document";
import { requestLocale } from "@/components/guest/request-choices";

export default async function AnswerLayout({ children }: { readonly children: ReactNode }) {
  return <GuestDocument locale={await requestLocale()}>{children}</GuestDocument>;
}
