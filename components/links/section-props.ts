import type { ScreenReader } from "@/components/shell/viewer";
import type { FieldErrors } from "@/lib/links/core/action-answers";
import type { LinkChoices } from "@/lib/links/core/link-view";
import type { LinkDraft } from "@/lib/links/schema";
import type { Instant } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";

import type { LinkEditing } from "./use-link-draft";

/** What every part of the editor is given. */
export type SectionProps = {
  readonly linkId: string;
  readonly draft: LinkDraft;
  readonly errors: FieldErrors;
  readonly set: (change: Partial<LinkDraft>) => void;
  readonly choices: LinkChoices;
  readonly hours: LinkEditing["hours"];
  readonly reader: ScreenReader & { readonly weekStart: DayOfWeek };
  readonly now: Instant;
  /** How often the link has been used. */
  readonly uses: number;
};
