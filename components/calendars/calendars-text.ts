import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-calendars.json";

/** The texts of calendars elsewhere, by key; a file of its own beside the office's other texts. */
export const t = createTranslator({ locale: "en", messages });
