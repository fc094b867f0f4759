import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { peopleAddress, peopleAsked } from "@/components/people/people-address";
import { PeopleScreen } from "@/components/people/people-screen";
import { t } from "@/components/people/people-text";
import { PersonPanel } from "@/components/people/person-panel";
import { loadPeople, loadPerson, loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("people.title") };

type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

export default async function PeoplePage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/admin/users"));
  const asked = peopleAsked(params);
  const [page, opened] = await Promise.all([
    loadPeople(asked),
    asked.open === undefined ? undefined : loadPerson(asked.open),
  ]);
  return (
    <PeopleScreen
      asked={asked}
      page={page}
      reader={viewer}
      workspaceName={viewer.workspaceName}
      panel={
        opened === undefined ? null : (
          <PersonPanel
            key={opened.person.id}
            person={opened.person}
            own={opened.own}
            reader={viewer}
            closeHref={peopleAddress(asked, { open: undefined })}
          />
        )
      }
    />
  );
}
