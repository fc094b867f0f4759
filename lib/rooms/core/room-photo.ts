/** Why a picture was not taken as a room's photo, and what to do. */
export const PHOTO_REFUSALS = {
  "image-too-large": "This picture is larger than 5 MB. Choose a smaller one.",
  "not-an-image": "This is not a JPEG, PNG, WebP or GIF, whatever its name says. Choose a picture.",
  "image-too-many-pixels": "This picture has more than 50 megapixels. Make it smaller first.",
  "image-unreadable": "This picture is damaged. Open it, save it again, and choose the new file.",
} as const;
