import { Tag } from "@/components/ui/tag";
import type { PersonState } from "@/lib/people/core/person";
import { t } from "./people-text";

const TONES = { active: "ok", invited: "info", deactivated: "neutral" } as const;

export function StateTag({ state }: { state: PersonState }) {
  return <Tag tone={TONES[state]}>{t(`states.${state}`)}</Tag>;
}
