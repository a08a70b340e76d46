"""Disk images: known, and refused with the way to their files.

- A disk image holds a file system, deleted files included; it is worth tools of its own.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from muniment.core import Part
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError
from muniment.readers.source import Source

_NEXT = "copy its files out with a forensic tool, and take them in as a delivery of their own"
_IMAGES: Mapping[str, str] = MappingProxyType(
    {
        "application/x-apple-diskimage": "an image of a Macintosh disk (dmg)",
        "application/x-vhd": "an image of a virtual disk (vhd)",
        "application/x-vhdx": "an image of a virtual disk (vhdx)",
        "application/x-vmdk": "an image of a virtual disk (vmdk)",
        "application/x-qemu-disk": "an image of a virtual disk (qcow)",
        "application/x-ewf": "a forensic image of a disk (E01)",
        "application/x-aff": "a forensic image of a disk (AFF)",
        "application/x-raw-disk-image": "an image of a disk",
        "application/x-udf-image": "an image of a disc whose file system is UDF alone",
        "application/x-arj": "an ARJ archive",
    }
)
_STARTS = (
    (b"vhdxfile", "application/x-vhdx"),
    (b"conectix", "application/x-vhd"),
    (b"KDMV", "application/x-vmdk"),
    (b"# Disk DescriptorFile", "application/x-vmdk"),
    (b"QFI\xfb", "application/x-qemu-disk"),
    (b"EVF\x09\x0d\x0a\xff\x00", "application/x-ewf"),
    (b"EVF2\x0d\x0a\x81", "application/x-ewf"),
    (b"AFF10\r\n\0", "application/x-aff"),
)
_UDF_AT = (0x8000, 0x8800, 0x9000)  # ECMA-167: sectors 16 and on, behind the type
_SECTOR = 512


def image_type(head: bytes) -> str:
    """The type of disk image that these first 64 KiB begin; empty for none."""
    for start, media_type in _STARTS:
        if head.startswith(start):
            return media_type
    if any(head[at + 1 : at + 6] in (b"BEA01", b"NSR02", b"NSR03") for at in _UDF_AT):
        return "application/x-udf-image"
    return "application/x-raw-disk-image" if _is_file_system(head) else ""


def _is_file_system(head: bytes) -> bool:
    """A boot sector with a partition table or a FAT or NTFS name, or the super block of ext."""
    if head[_SECTOR - 2 : _SECTOR] == b"\x55\xaa":
        if head[3:11] in (b"NTFS    ", b"EXFAT   ") or b"FAT" in head[54:57] + head[82:85]:
            return True
        return head[_SECTOR : _SECTOR + 8] == b"EFI PART"
    return head[0x438:0x43A] == b"\x53\xef" and head[:1024] == bytes(1024)


def read_image(_source: Source, context: Context) -> Iterator[Part]:
    """Nothing; the way to its files is the reason."""
    what = _IMAGES[context.media_type]
    raise RefusedError(f"{what} is not opened here; {_NEXT}")


DISK_IMAGE = Reader(name="disk-image", version=1, media_types=tuple(_IMAGES), read=read_image)
