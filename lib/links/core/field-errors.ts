import type { LinkDraft } from "../schema";
import { linkSettings } from "../schema";
import type { FieldErrors } from "./action-answers";
import { isRandomAddress, slugProblem } from "./address";

/** What is wrong with settings as they stand, the first problem of each field; the server looks again. */
export function fieldErrors(draft: LinkDraft): FieldErrors {
  const errors: Record<string, string> = {};
  const parsed = linkSettings.safeParse(draft);
  for (const issue of parsed.error?.issues ?? []) {
    errors[issue.path.map(String).join(".") || "form"] ??= issue.message;
  }
  const slug = isRandomAddress(draft.token) ? undefined : slugProblem(draft.token);
  if (slug !== undefined) errors.token = slug;
  return errors;
}

/** The problem of a field, or of the first thing in it that has one. */
export const errorOf = (errors: FieldErrors, path: string): string | undefined =>
  errors[path] ?? Object.entries(errors).find(([at]) => at.startsWith(`${path}.`))?.[1];
