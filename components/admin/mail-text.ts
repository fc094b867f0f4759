import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-mail.json";

/** The texts of the mailroom, by key; a file of its own beside the office's other texts. */
export const t = createTranslator({ locale: "en", messages });
