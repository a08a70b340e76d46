"""The types of file whose pages can be read as pictures."""

PDF = "application/pdf"
PICTURES = (
    "image/jpeg",
    "image/png",
    "image/tiff",
    "image/gif",
    "image/webp",
    "image/bmp",
    "image/heic",
    "image/heif",
    "image/avif",
    "image/jp2",
    "image/x-jp2-codestream",
    "image/vnd.adobe.photoshop",
    "image/x-portable-anymap",
    "image/x-pcx",
    "image/x-dcx",
    "image/x-tga",
)
PAGED = (PDF, "image/tiff", "image/x-dcx")  # others have frames: the first is read
OCR_TYPES = (PDF, *PICTURES)
