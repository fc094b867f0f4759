import { words } from "./words";

type Idle = { readonly status: "idle" };
type Refused = {
  readonly status: "refused";
  readonly reason: "unreachable";
  readonly message: string;
};

/**
 * Calls one of our form actions with these fields, absent ones left out. Where the server is not reached the answer is
 * a refusal like any other, so that nothing on the page is lost.
 */
export async function send<Answer>(
  action: (previous: Idle, form: FormData) => Promise<Answer>,
  fields: Readonly<Record<string, string | number | undefined>>,
): Promise<Answer | Refused> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) form.set(name, String(value));
  try {
    return await action({ status: "idle" }, form);
  } catch {
    return { status: "refused", reason: "unreachable", message: words("editor.unreachable") };
  }
}
