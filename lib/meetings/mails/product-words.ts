import type { MailFacts } from "@/lib/meetings/core/mail-facts";
import type { MailWords } from "@/lib/meetings/core/mail-template";
import { productLead, productSubject } from "./opening";
import { voiceOf } from "./voice";

const NAMES = {
  topic: "{{topic}}",
  host: "{{host}}",
  guest: "{{guest}}",
  who: "{{who}}",
  room: "{{room}}",
  workspace: "{{workspace}}",
} as const;

// Marks around names are made anew when they are said; in a text that somebody edits they would only be in the way.
const stripped = (text: string): string => text.replace(/[\u2068\u2069]/g, "");

/** What the product itself says in such a mail, with variables where it speaks of somebody or something. */
export function productWords(facts: MailFacts): MailWords {
  const voice = voiceOf(facts);
  const places = { topic: NAMES.topic, time: "{{time}}", zone: "{{zone}}" };
  return {
    subject: stripped(productSubject(facts, voice, places)),
    opening: stripped(productLead(facts, voice, NAMES)),
  };
}
