import "@mantine/dates/styles.layer.css";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { availabilityAddress } from "@/components/availability/address";
import { AvailabilityScreen } from "@/components/availability/availability-screen";
import { words } from "@/components/availability/words";
import { ElsewhereNote } from "@/components/calendars/elsewhere-note";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { loadAvailability } from "@/lib/availability/loaders";
import { loadOwnCalendars } from "@/lib/calendars/loaders";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: words("page.title") };

export default async function AvailabilityPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  const person = one(params, "person");
  const schedule = one(params, "schedule");
  if (viewer === undefined) redirect(signInPath(availabilityAddress({ person, schedule })));
  const view = await loadAvailability(person);
  const own = view.override ? undefined : await loadOwnCalendars();
  return (
    <AvailabilityScreen
      key={view.person.id}
      {...view}
      asked={schedule}
      reader={viewer}
      elsewhere={own && <ElsewhereNote {...own} reader={viewer} />}
    />
  );
}
