"use client";

import type { ReactNode } from "react";

/** A form without fields of its own: which meeting, as it was seen, and what else the act needs. */
export function ActForm({
  action,
  meeting,
  fields = {},
  onSubmit,
  children,
}: {
  action: (form: FormData) => void;
  meeting: { readonly id: string; readonly version: number };
  fields?: Readonly<Record<string, string>>;
  onSubmit?: () => void;
  children: ReactNode;
}) {
  return (
    <form action={action} {...(onSubmit === undefined ? {} : { onSubmit })}>
      <input type="hidden" name="meetingId" value={meeting.id} />
      <input type="hidden" name="version" value={meeting.version} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}
