"""Two forms of a Chinese letter that a scan cannot tell apart: the one of the page's own writing.

- The model takes 奧 for 奥 on a page of simplified letters. Only pairs of the same
  shape are made one, and only on pages where letters that do differ all stand in one form.
- A page that holds both writings is left as it was read.
"""

_DIFFERENT = (
    "们們这這个個来來说說为為国國会會时時对對开開关關门門问問间間长長东東车車马馬见見应應进進还還"
    "让讓务務处處单單录錄发發报報员員证證号號热熱尔爾买買听聽丽麗艺藝图圖罗羅伤傷审審实實业業"
    "书書县縣乡鄉级級约約组組给給结結统統经經过過达達运運认認识識记記讲講许許论論设設该該"
)
_SIMPLIFIED = frozenset(_DIFFERENT[::2])
_TRADITIONAL = frozenset(_DIFFERENT[1::2])
_SAME_SHAPE = "奧奥戶户內内黃黄呂吕"  # traditional, then simplified
_TO_SIMPLIFIED = str.maketrans(_SAME_SHAPE[::2], _SAME_SHAPE[1::2])
_TO_TRADITIONAL = str.maketrans(_SAME_SHAPE[1::2], _SAME_SHAPE[::2])


def in_one_form(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts of one page with letters of the same shape in the form of its other letters."""
    letters = "".join(texts)
    simplified = sum(letter in _SIMPLIFIED for letter in letters)
    traditional = sum(letter in _TRADITIONAL for letter in letters)
    if simplified > 0 and traditional == 0:
        return tuple(text.translate(_TO_SIMPLIFIED) for text in texts)
    if traditional > 0 and simplified == 0:
        return tuple(text.translate(_TO_TRADITIONAL) for text in texts)
    return texts
