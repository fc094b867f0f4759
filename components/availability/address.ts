/** The address of somebody's hours: one's own without a person, the default schedule without one. */
export function availabilityAddress({
  person,
  schedule,
}: {
  readonly person?: string | undefined;
  readonly schedule?: string | undefined;
}): string {
  const asked = new URLSearchParams();
  if (person !== undefined) asked.set("person", person);
  if (schedule !== undefined) asked.set("schedule", schedule);
  const query = asked.toString();
  return query === "" ? "/availability" : `/availability?${query}`;
}
