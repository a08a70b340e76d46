"""The types of file whose pages can be read as pictures."""

PDF = "application/pdf"
PICTURES = {  # and what Pillow calls them
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/tiff": ("TIFF",),
    "image/gif": ("GIF",),
    "image/webp": ("WEBP",),
    "image/bmp": ("BMP",),
    "image/heic": ("HEIF",),
    "image/heif": ("HEIF",),
    "image/avif": ("AVIF",),
    "image/jp2": ("JPEG2000",),
    "image/x-jp2-codestream": ("JPEG2000",),
    "image/vnd.adobe.photoshop": ("PSD",),
    "image/x-portable-anymap": ("PPM",),
    "image/x-pcx": ("PCX",),
    "image/x-dcx": ("DCX",),
    "image/x-tga": ("TGA",),
}
PAGED = (PDF, "image/tiff", "image/x-dcx")  # others have frames: the first is read
OCR_TYPES = (PDF, *PICTURES)
