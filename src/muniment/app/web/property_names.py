"""What properties of files are called, in words: formats name them for programs.

- The name as the file has it stands beside the words: it is what a query or a citation says.
- A name that is not here is shown as it is.
"""

_OFFICE = {
    "lpstr": "Name of a sheet, part or group of headings",
    "lpwstr": "Text of a property",
    "i4": "How many of them",
    "vector": "List",
    "lastModifiedBy": "Last changed by",
    "lastPrinted": "Last printed",
    "revision": "How often it was saved",
    "creator": "Author",
    "created": "Created",
    "modified": "Changed",
    "Application": "Program that wrote it",
    "AppVersion": "Version of that program",
    "fileVersion": "Version of the format",
    "Company": "Company",
    "Manager": "Manager",
    "TotalTime": "Minutes of editing",
    "DocSecurity": "Protection (0: none)",
    "ScaleCrop": "Whether its preview is scaled, not cropped",
    "LinksUpToDate": "Whether its links were up to date",
    "SharedDoc": "Whether several people wrote in it at once",
    "HyperlinksChanged": "Whether its links were changed from outside",
    "ins by": "Inserted by",
    "del by": "Deleted by",
}
_PICTURES = {
    "jfif": "Version of the JPEG container",
    "jfif_unit": "Unit of its resolution (0: none, 1: inch, 2: centimetre)",
    "dpi": "Dots an inch",
    "mode": "How colours are stored",
    "Image DateTime": "Last changed, by the clock of camera or program",
    "EXIF DateTimeOriginal": "Taken, by the camera's clock",
    "EXIF DateTimeDigitized": "Made digital, by the camera's clock",
    "EXIF BodySerialNumber": "Serial number of the camera",
    "Image Make": "Maker of the camera",
    "Image Model": "Model of the camera",
    "Image Software": "Program that wrote it",
    "Image Artist": "Author",
    "Image ExifOffset": "Where the facts about taking it begin in the file",
    "Image GPSInfo": "Where the place of taking begins in the file",
    "GPS GPSLatitude": "Latitude",
    "GPS GPSLatitudeRef": "North or south",
    "GPS GPSLongitude": "Longitude",
    "GPS GPSLongitudeRef": "East or west",
    "GPS GPSAltitude": "Height",
    "Thumbnail Compression": "How its preview is packed",
    "Thumbnail JPEGInterchangeFormat": "Where its preview begins in the file",
    "Thumbnail JPEGInterchangeFormatLength": "Bytes of its preview",
}
_OTHERS = {
    "CreationDate": "Created",
    "ModDate": "Changed",
    "Producer": "Program that wrote the PDF",
    "charset": "Encoding stated",
    "encoding": "Encoding of its letters",
    "from line": "Line before it in the mailbox",
    "ocr": "Letters read off the picture",
    "ocr quality": "How well they were read, of 1",
    "ocr turned": "Degrees it was turned to be read",
}
_WORDS = _OFFICE | _PICTURES | _OTHERS


def property_words(name: str) -> str:
    """What a property is, in words; empty where its own name has to do."""
    return _WORDS.get(name, "")
