"""The types of file whose pages can be read as pictures."""

PDF = "application/pdf"
PICTURES = {  # and what Pillow calls them
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/tiff": ("TIFF",),
    "image/gif": ("GIF",),
    "image/webp": ("WEBP",),
    "image/bmp": ("BMP",),
}
OCR_TYPES = (PDF, *PICTURES)
