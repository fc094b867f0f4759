import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-people.json";

/** The texts of people and settings, by key; a file of its own beside the office's other texts. */
export const t = createTranslator({ locale: "en", messages });
