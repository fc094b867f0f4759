import { IconArrowLeft } from "@tabler/icons-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { DealPart } from "@/components/meetings/deal-part";
import { MeetingCard } from "@/components/meetings/meeting-card";
import { MinutesPart } from "@/components/meetings/minutes-part";
import { ButtonLink } from "@/components/ui/button-link";
import { t } from "@/components/ui/office-text";
import { loadMeeting } from "@/lib/meetings/loaders";
import { loadDealOf } from "@/lib/meetings/loaders/deal";
import { loadMinutes } from "@/lib/meetings/loaders/minutes";
import { loadViewer } from "@/lib/people/loaders";

type Props = { readonly params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) return { title: t("places.meeting") };
  return { title: (await loadMeeting(id)).meeting.subject };
}

export default async function MeetingPage({ params }: Props) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/meetings/${encodeURIComponent(id)}`));
  const [{ meeting, now }, minutes] = await Promise.all([loadMeeting(id), loadMinutes(id)]);
  const deal = await loadDealOf(meeting.id, meeting.permitted.includes("meeting.edit"));
  return (
    <MeetingCard
      meeting={meeting}
      reader={viewer}
      now={now}
      level={1}
      minutes={
        <>
          {deal === undefined ? null : <DealPart {...deal} />}
          <MinutesPart view={minutes} reader={viewer} />
        </>
      }
      tools={
        <ButtonLink
          href="/meetings"
          size="xs"
          variant="subtle"
          leftSection={<IconArrowLeft size={14} stroke={1.6} aria-hidden="true" />}
        >
          {t("meeting.back")}
        </ButtonLink>
      }
    />
  );
}
