import type { MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import { inputOf } from "@/lib/meetings/core/meeting-draft";
import { meetingInput } from "@/lib/meetings/schema";

/** What is wrong with a draft before anybody else is asked, by the path of the field as it is sent. */
export function problemsIn(draft: MeetingDraft): Readonly<Record<string, string>> {
  const parsed = meetingInput.safeParse(inputOf(draft));
  if (parsed.success) return {};
  const problems = new Map<string, string>();
  for (const { path, message } of parsed.error.issues) {
    const name = path.map(String).join(".");
    if (!problems.has(name)) problems.set(name, message);
  }
  return Object.fromEntries(problems);
}
