import { createTranslator } from "next-intl";
import messages from "@/messages/en/office-rooms.json";

/** The texts of rooms and their doors, by key; a file of its own beside the office's other texts. */
export const t = createTranslator({ locale: "en", messages });
