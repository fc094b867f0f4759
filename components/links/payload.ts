/** What the actions of links take: one field with JSON. */
export function payload(data: object): FormData {
  const form = new FormData();
  form.set("payload", JSON.stringify(data));
  return form;
}
